import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { text } from '../../option.ts';

export const alertsRetryCommand = defineCommand({
  name: 'alerts retry',
  byPerson: true,
  summary: 'Send alerts again that wait or were given up.',
  positionals: { id: text('Id of one alert, as `alerts sent` shows it.', 'ID') },
  options: { channel: text('All alerts of this channel.', 'NAME') },
  answers: 'retried: how many.',
  examples: [{ line: 'alerts retry --channel ops', does: 'try everything again after the channel was repaired' }],
  run: async (context, { id, channel }) => {
    if ((id === undefined) === (channel === undefined))
      throw new SchedulerError('usage/alerts', 'Give either ID or --channel.');
    const alerts = await (await context.application()).alerts();
    return { retried: await alerts.retry(id === undefined ? { channel: channel ?? '' } : { id }) };
  },
  text: ({ retried }) => `Tried again: ${retried}. \`alerts sent\` shows what became of them.`,
});
