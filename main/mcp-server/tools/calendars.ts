import { z } from 'zod';
import {
  calendarDaySchema,
  calendarNameSchema,
  calendarSchema,
  calendarViewSchema,
  type Calendar,
  type CalendarDay,
  type CalendarView,
} from '../../contract/calendars.ts';
import { lines, quoted } from '../answers/text.ts';
import { definedOf } from '../../domain/defined.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineChangeTool } from '../change-tool.ts';
import { changes, defineTool, reads } from '../own-tool.ts';

/** More than a year of a busy team. */
const mostDays = 400;

export const calendarsTool = defineTool({
  name: 'calendars',
  title: 'List calendars',
  description: 'Lists the calendars that policies.calendars of a task can name. With name: its next days.',
  input: z.strictObject({ name: z.string().min(1).max(60).optional().describe('Name of a calendar.') }),
  output: z.object({ calendars: z.array(calendarViewSchema), days: z.array(calendarDaySchema).optional() }),
  hints: reads,
  run: async ({ name }, context) => {
    const calendars = await (await context.application()).calendars();
    if (name === undefined) return { calendars: calendars.list() };
    const { calendar, days } = calendars.show(name);
    return { calendars: [calendar], days: days.slice(0, mostDays) };
  },
  text: ({ calendars, days }) =>
    lines(`${calendars.length} calendars.`, [...calendars.map(calendarLine), ...(days ?? []).map(dayText)]),
});

/** Agents name no file of this machine: its events would be shown to them. */
export const addCalendarTool = defineChangeTool({
  name: 'add_calendar',
  title: 'Add a calendar',
  description: 'Adds a calendar of days. Give one of url, holidays and dates.',
  input: z.strictObject({
    name: z.string().describe('A new name.'),
    url: z.string().optional().describe('An iCalendar file (https).'),
    holidays: z.string().optional().describe('DE, DE-BY, US-CA.'),
    dates: z.array(z.string()).optional().describe('2026-12-24 or 2026-12-24 Closed.'),
  }),
  output: z.object({ calendar: z.looseObject({ name: z.string() }) }),
  hints: changes,
  byPerson: true,
  change: async ({ name, ...given }) => {
    const issue = calendarNameSchema.safeParse(name).error?.issues[0];
    if (issue !== undefined) throw invalid('name', `name: ${issue.message}.`);
    return { action: 'add-calendar' as const, name, calendar: calendarOf(given) };
  },
  answer: ({ calendar }) => ({ calendar }),
  shown: (answer) => answer,
  text: ({ calendar }) => `Added the calendar ${quoted(calendar.name)}.`,
});

interface Given {
  readonly url?: string | undefined;
  readonly holidays?: string | undefined;
  readonly dates?: readonly string[] | undefined;
}

/** @throws SchedulerError `calendar/invalid`. */
function calendarOf({ url, holidays, dates }: Given): Calendar {
  if ([url, holidays, dates].filter((each) => each !== undefined).length !== 1)
    throw invalid('url', 'Give exactly one of url, holidays and dates.');
  if (url !== undefined && !/^https:\/\/[^/]/i.test(url)) throw invalid('url', 'url must begin with https://.');
  const [country = '', state, region] = (holidays ?? '').toUpperCase().split('-');
  const calendar =
    url === undefined
      ? dates === undefined
        ? { kind: 'holidays', country, ...definedOf({ state, region }) }
        : { kind: 'dates', days: dates.map(dayOf) }
      : { kind: 'ics', from: url };
  const checked = calendarSchema.safeParse(calendar);
  if (checked.success) return checked.data;
  const field = holidays === undefined ? 'dates' : 'holidays';
  throw invalid(field, `${field}: ${checked.error.issues[0]?.message ?? 'is not valid'}.`);
}

function dayOf(given: string): { date: string; name: string } {
  const [, date = given, name = ''] = /^(\S+)(?:\s+(.+))?$/s.exec(given.trim()) ?? [];
  return { date, name };
}

const invalid = (field: string, message: string): SchedulerError =>
  new SchedulerError('calendar/invalid', message, { field });

const dayText = ({ date, name }: CalendarDay): string => (name === '' ? date : `${date} ${quoted(name)}`);

function calendarLine({ name, about, next, problem }: CalendarView): string {
  const facts = [
    ...(next === null ? [] : [`next ${dayText(next)}`]),
    ...(problem === null ? [] : [`could not be read: ${quoted(problem)}`]),
  ];
  return [`${quoted(name)}: ${quoted(about)}`, ...facts].join(', ');
}
