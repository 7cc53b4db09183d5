import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';
import { channelFrom, channelOptions } from './options.ts';

export const alertsEditCommand = defineCommand({
  name: 'alerts edit',
  byPerson: true,
  summary: 'Change fields of a channel of alerts, or switch it on or off.',
  positionals: { name: required(text('Name of the channel, as `alerts list` shows it.', 'NAME')) },
  options: channelOptions,
  answers: 'alerts, states: as `alerts list`.',
  examples: [{ line: 'alerts edit ops --off', does: 'switch the channel off; what waits for it is given up' }],
  run: async (context, { name, ...args }) => {
    const application = await context.application();
    const before = application.settings.read().alerts.channels[name];
    if (before === undefined)
      throw new SchedulerError('usage/alerts', `There is no channel "${name}". \`alerts list\` shows their names.`, {
        name,
      });
    return (await application.alerts()).setChannel(name, channelFrom(args, before), 'cli');
  },
  text: () => 'Changed. `undo` reverses it.',
});
