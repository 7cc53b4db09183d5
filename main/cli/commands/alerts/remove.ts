import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const alertsRemoveCommand = defineCommand({
  name: 'alerts remove',
  byPerson: true,
  summary: 'Remove a channel of alerts, also from every rule. What waits for it is given up.',
  positionals: { name: required(text('Name of the channel, as `alerts list` shows it.', 'NAME')) },
  options: {},
  answers: 'alerts, states: as `alerts list`; unusedSecrets (names of its secrets that nothing uses any more).',
  examples: [{ line: 'alerts remove ops', does: 'send nothing there any more' }],
  run: async (context, { name }) => (await (await context.application()).alerts()).removeChannel(name, 'cli'),
  text: ({ unusedSecrets }, view) =>
    [
      'Removed. `undo` brings it back.',
      ...unusedSecrets.map((name) => `Nothing uses its secret now: \`secrets remove ${view.plain(name)}\` deletes it.`),
    ].join('\n'),
});
