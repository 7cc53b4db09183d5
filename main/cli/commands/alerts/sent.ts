import { alertFilterSchema, alertStateSchema, type AlertState } from '../../../contract/alerts/outbox.ts';
import { defineCommand } from '../../command.ts';
import { integer, oneOf, text, withDefault } from '../../option.ts';

export const alertsSentCommand = defineCommand({
  name: 'alerts sent',
  reads: true,
  summary: 'List the alerts that were sent, wait or were given up, newest first.',
  positionals: {},
  options: {
    channel: text('Only alerts for this channel.', 'NAME'),
    state: oneOf('Only alerts in this state; dropped means given up.', alertStateSchema.options),
    limit: withDefault(integer('Maximum number of alerts.', { min: 1, max: 500 }), 50),
  },
  answers:
    'alerts: id, channel, kind, taskId, executionId, title, state, createdAt, dueAt, attempts, endedAt, error, possiblyTwice; total.',
  examples: [
    { line: 'alerts sent', does: 'show what was sent, and what was not' },
    { line: 'alerts sent --state dropped', does: 'show what was given up, and why' },
  ],
  run: async (context, { channel, state, limit }) =>
    (await (await context.application()).alerts()).sent(alertFilterSchema.parse({ channel, state, limit })),
  text: async ({ alerts }, view) =>
    view.table(
      alerts,
      [
        { title: 'WHEN', cell: ({ createdAt }) => view.instant(createdAt) },
        { title: 'CHANNEL', cell: ({ channel }) => view.plain(channel) },
        {
          title: 'STATE',
          cell: ({ state, possiblyTwice }) => `${wordOf(state)}${possiblyTwice ? ', possibly twice' : ''}`,
        },
        { title: 'ALERT', cell: ({ title }) => view.plain(title) },
        { title: 'ID', cell: ({ id }) => id, whole: true },
        { title: 'ERROR', cell: ({ error }) => view.plain(error ?? '-') },
      ],
      'No alerts.',
    ),
});

const wordOf = (state: AlertState): string => (state === 'dropped' ? 'given up' : state);
