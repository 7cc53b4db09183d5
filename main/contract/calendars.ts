import { z } from 'zod';

const datePattern = /^\d{4}-\d\d-\d\d$/;

/** A date of the calendar, `2026-12-25`, without a time zone: the day on which a slot falls in the zone of its task. */
const calendarDateSchema = z
  .string()
  .regex(datePattern, 'must be a date such as 2026-12-25')
  .refine((date) => {
    const ms = Date.parse(`${date}T00:00:00Z`);
    return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
  }, 'is a date that does not exist');

/** A day that a calendar holds, such as Christmas Day. The name is empty if it has none. */
export const calendarDaySchema = z.looseObject({ date: calendarDateSchema, name: z.string().max(200) });
export type CalendarDay = z.infer<typeof calendarDaySchema>;

/** What a person calls a calendar. */
export const calendarNameSchema = z
  .string()
  .max(60)
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u,
    'A name of a calendar has letters, digits, spaces, ".", "_" and "-"',
  );

/** A set of days, by where they come from. */
export const calendarSchema = z.discriminatedUnion('kind', [
  /** Public holidays. Countries and regions have the codes of ISO 3166: `DE`, `BY`. */
  z.looseObject({
    kind: z.literal('holidays'),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, such as DE'),
    state: z.string().min(1).max(20).optional(),
    region: z.string().min(1).max(20).optional(),
  }),
  /** A file of the format iCalendar (RFC 5545): an absolute path, or an address with http or https. */
  z.looseObject({ kind: z.literal('ics'), from: z.string().min(1).max(2000) }),
  z.looseObject({ kind: z.literal('dates'), days: z.array(calendarDaySchema).min(1).max(5000) }),
  /** Days of every week. 0 is Sunday. */
  z.looseObject({ kind: z.literal('weekdays'), weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7) }),
]);
export type Calendar = z.infer<typeof calendarSchema>;

export const calendarsSchema = z.record(calendarNameSchema, calendarSchema);

/** Calendars that exist without being added. A calendar that was added under the same name replaces it. */
export const builtInCalendars: Readonly<Record<string, Calendar>> = {
  weekends: { kind: 'weekdays', weekdays: [0, 6] },
};

/** On which days a task runs. The calendars are named. */
export const calendarPolicySchema = z.looseObject({
  /** Days of these calendars are left out. */
  skipOn: z.array(calendarNameSchema).min(1).max(50).optional(),
  /** All days but those of these calendars are left out. */
  onlyOn: z.array(calendarNameSchema).min(1).max(50).optional(),
  /**
   * What becomes of a slot on a day that is left out: it is skipped, or it moves to the same time of the next or previous
   * day that is not left out. @default 'skip'
   */
  dayOff: z.enum(['skip', 'next', 'previous']).optional(),
});
export type CalendarPolicy = z.infer<typeof calendarPolicySchema>;

/** A calendar as it is listed. */
export const calendarViewSchema = z.object({
  name: z.string(),
  kind: z.enum(['holidays', 'ics', 'dates', 'weekdays']),
  /** What it holds, in words. */
  about: z.string(),
  /** Its next day, today included; null if none is known. */
  next: calendarDaySchema.nullable(),
  /** Number of days that are known; null for a calendar of weekdays. */
  days: z.number().int().nullable(),
  /** When its days were last read; null if they never were, or need no reading. */
  readAt: z.string().nullable(),
  /** Why its days could not be read at the last attempt. Earlier days still count. */
  problem: z.string().nullable(),
  /** Names of the tasks that use it. */
  tasks: z.array(z.string()),
});
export type CalendarView = z.infer<typeof calendarViewSchema>;
