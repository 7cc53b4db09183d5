import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';

export const alertsTestCommand = defineCommand({
  name: 'alerts test',
  byPerson: true,
  summary: 'Send a test to a channel, and show what the receiver answers.',
  positionals: { name: required(text('Name of the channel, as `alerts list` shows it.', 'NAME')) },
  options: {},
  answers: 'test: ok, answer, tookMs.',
  examples: [{ line: 'alerts test ops', does: 'check address, key and form' }],
  run: async (context, { name }) => {
    const test = await (await (await context.application()).alerts()).test({ name });
    if (!test.ok) throw new SchedulerError('execution/alert-not-sent', test.answer, { channel: name });
    return { test };
  },
  text: ({ test }, view) => `Sent in ${view.duration(test.tookMs)}. ${view.plain(test.answer)}`,
});
