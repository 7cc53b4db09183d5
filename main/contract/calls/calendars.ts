import { z } from 'zod';
import { calendarNameSchema, calendarSchema, calendarViewSchema } from '../calendars.ts';
import { nothing } from './inputs.ts';

const named = z.object({ name: calendarNameSchema });
const list = z.object({ calendars: z.array(calendarViewSchema) });

/** Calls for the sets of days on which tasks run or do not run. Each answers with all calendars. */
export const calendarCalls = {
  'calendars.list': { input: nothing, output: list },
  /** Adds a calendar, or replaces one of this name, after its days could be read. */
  'calendars.add': { input: named.extend({ calendar: calendarSchema }), output: list },
  'calendars.remove': { input: named, output: list },
  /** Reads the days again. */
  'calendars.refresh': { input: named.partial(), output: list },
  /** Returns the countries, or the states of one, for which holidays are known. */
  'calendars.choices': {
    input: z.object({ country: z.string().optional() }),
    output: z.object({ choices: z.array(z.object({ code: z.string(), name: z.string() })) }),
  },
} as const;
