import { defineCommand } from '../../command.ts';
import { text } from '../../option.ts';
import { calendarAnswer, calendarTable } from './table.ts';

export const calendarsRefreshCommand = defineCommand({
  name: 'calendars refresh',
  summary: 'Read the days of calendars again: holidays, files and addresses.',
  description:
    'Files and addresses are read again by themselves, at most once a day, when a task that uses them is due. If one cannot be read, its last days still count.',
  positionals: { name: text('Name of one calendar. Default: all.', 'NAME') },
  options: {},
  answers: `calendars: ${calendarAnswer}.`,
  examples: [{ line: 'calendars refresh Team', does: 'fetch the file of the team now' }],
  run: async (context, { name }) => ({
    calendars: await (await (await context.application()).calendars()).refresh(name),
  }),
  text: ({ calendars }, view) => calendarTable(calendars, view),
});
