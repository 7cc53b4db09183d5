import { defineCommand } from '../../command.ts';
import { calendarAnswer, calendarTable } from './table.ts';

export const calendarsListCommand = defineCommand({
  name: 'calendars list',
  reads: true,
  summary: 'List the calendars: sets of days on which tasks run or do not run.',
  positionals: {},
  options: {},
  answers: `calendars: ${calendarAnswer}.`,
  examples: [{ line: 'calendars list', does: 'show the names for --skip-on and --only-on' }],
  run: async (context) => ({ calendars: (await (await context.application()).calendars()).list() }),
  text: ({ calendars }, view) => calendarTable(calendars, view),
});
