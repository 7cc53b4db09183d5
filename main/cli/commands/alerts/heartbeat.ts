import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { flag, list } from '../../option.ts';
import { duration } from '../../values/duration.ts';

export const alertsHeartbeatCommand = defineCommand({
  name: 'alerts heartbeat',
  byPerson: true,
  summary: 'Send a heartbeat at regular times, so that the receiver notices when this machine is down.',
  description:
    'The app and `serve` send it while they run. Give it a check of its own at the receiver, for example at Healthchecks, with a period that is a little longer than --every.',
  positionals: {},
  options: {
    channel: list('Channel that receives it.', 'NAME'),
    every: duration('How often. Default: 5m.', { min: 60_000 }),
    off: flag('Stop the heartbeat.'),
  },
  answers: 'alerts, states: as `alerts list`.',
  examples: [{ line: 'alerts heartbeat --channel ops --every 10m', does: 'send a heartbeat every ten minutes' }],
  run: async (context, { channel, every, off }) => {
    if (off === (channel !== undefined)) throw new SchedulerError('usage/alerts', 'Give either --channel or --off.');
    const alerts = await (await context.application()).alerts();
    const heartbeat =
      channel === undefined ? null : { channels: channel, ...(every !== undefined && { everyMs: every }) };
    return alerts.configure({ heartbeat }, 'cli');
  },
  text: ({ alerts }) => (alerts.heartbeat === undefined ? 'No heartbeat is sent.' : 'The heartbeat is set.'),
});
