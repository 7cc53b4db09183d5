import { z } from 'zod';
import {
  calendarDaySchema,
  calendarViewSchema,
  type CalendarDay,
  type CalendarView,
} from '../../contract/calendars.ts';
import { lines, quoted } from '../answers/text.ts';
import { defineTool, reads } from '../own-tool.ts';

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

const dayText = ({ date, name }: CalendarDay): string => (name === '' ? date : `${date} ${quoted(name)}`);

function calendarLine({ name, about, next, problem }: CalendarView): string {
  const facts = [
    ...(next === null ? [] : [`next ${dayText(next)}`]),
    ...(problem === null ? [] : [`could not be read: ${quoted(problem)}`]),
  ];
  return [`${quoted(name)}: ${quoted(about)}`, ...facts].join(', ');
}
