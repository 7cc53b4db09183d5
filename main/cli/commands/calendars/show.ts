import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';
import { calendarAnswer } from './table.ts';

/** Two years of holidays fit on a screen; --json has all of them. */
const shown = 40;

export const calendarsShowCommand = defineCommand({
  name: 'calendars show',
  reads: true,
  summary: 'Show the days of a calendar, from today on.',
  positionals: { name: required(text('Name of the calendar, as `calendars list` shows it.', 'NAME')) },
  options: {},
  answers: `calendar: ${calendarAnswer}; days: date and name of each, from today on.`,
  examples: [{ line: 'calendars show weekends', does: 'show what it holds' }],
  run: async (context, { name }) => {
    const { calendar, days } = (await (await context.application()).calendars()).show(name);
    return { calendar, days: [...days] };
  },
  text: ({ calendar, days }, view) => {
    const lines = days.slice(0, shown).map(({ date, name }) => view.plain(`${date}  ${name}`.trim()));
    const rest = days.length > shown ? [`… and ${days.length - shown} more (--json lists all)`] : [];
    return [`${view.plain(calendar.name)}: ${view.plain(calendar.about)}`, ...lines, ...rest].join('\n');
  },
});
