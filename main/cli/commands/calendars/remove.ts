import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';
import { calendarAnswer } from './table.ts';

export const calendarsRemoveCommand = defineCommand({
  name: 'calendars remove',
  byPerson: true,
  summary: 'Remove a calendar that no task uses.',
  description: 'The change is in the history and can be undone.',
  positionals: { name: required(text('Name of the calendar, as `calendars list` shows it.', 'NAME')) },
  options: {},
  answers: `calendar: ${calendarAnswer}.`,
  examples: [{ line: 'calendars remove Team', does: 'remove it, if no task uses it' }],
  run: async (context, { name }) => ({
    calendar: (await (await context.application()).calendars()).remove(name, 'cli'),
  }),
  text: ({ calendar }, view) => `Removed ${view.plain(calendar.name)}.`,
});
