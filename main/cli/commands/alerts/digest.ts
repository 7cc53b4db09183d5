import { digestSchema } from '../../../contract/alerts/rules.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { flag, list, oneOf, text } from '../../option.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const alertsDigestCommand = defineCommand({
  name: 'alerts digest',
  byPerson: true,
  summary: 'Send a digest every day or week: what ran, failed, was missed, and is due.',
  description:
    'It is sent once per period. If no process ran at its time, the next one sends it, and it says that it is late.',
  positionals: {},
  options: {
    channel: list('Channel that receives it.', 'NAME'),
    weekly: oneOf('Send it once a week, on this day. Default: every day.', weekdays),
    at: text('Time of day, in the time zone of this machine. Default: 08:00.', 'HH:MM'),
    off: flag('Stop the digest.'),
  },
  answers: 'alerts, states: as `alerts list`.',
  examples: [{ line: 'alerts digest --channel ops --weekly monday --at 07:30', does: 'send a digest each Monday' }],
  run: async (context, { channel, weekly, at, off }) => {
    if (off === (channel !== undefined)) throw new SchedulerError('usage/alerts', 'Give either --channel or --off.');
    const alerts = await (await context.application()).alerts();
    if (channel === undefined) return alerts.configure({ digest: null }, 'cli');
    const digest = digestSchema.safeParse({
      channels: [...new Set(channel)],
      every: weekly === undefined ? 'day' : 'week',
      ...(weekly !== undefined && { weekday: weekdays.indexOf(weekly) + 1 }),
      ...(at !== undefined && { at }),
    });
    if (!digest.success)
      throw new SchedulerError('usage/alerts', `--at: ${digest.error.issues[0]?.message ?? 'is not a time of day'}`);
    return alerts.configure({ digest: digest.data }, 'cli');
  },
  text: ({ alerts }) => (alerts.digest === undefined ? 'No digest is sent.' : 'The digest is set.'),
});
