import type { Channel } from '../../../contract/alerts/channels.ts';
import { alertSettingsSchema, type AlertRule, type Digest } from '../../../contract/alerts/rules.ts';
import type { ChannelState } from '../../../contract/alerts/outbox.ts';
import { digestDefaults } from '../../../domain/alerts/digest-period.ts';
import { defineCommand } from '../../command.ts';
import { blocks } from '../../text/describe-task.ts';
import type { TextView } from '../../text/view.ts';

export const alertsListCommand = defineCommand({
  name: 'alerts list',
  reads: true,
  summary: 'List the channels of alerts, whether they work, and the rules.',
  positionals: {},
  options: {},
  answers:
    'alerts: channels, rules, overrides, heartbeat, digest, as in config.json; states: name, waiting, dropped, lastSentAt, problem.',
  examples: [{ line: 'alerts list', does: 'show where alerts go, and what could not be sent' }],
  run: async (context) => (await (await context.application()).alerts()).list(),
  text: async ({ alerts: given, states }, view) => {
    const alerts = alertSettingsSchema.parse(given);
    const channels = states.map((state) => ({ ...state, channel: alerts.channels[state.name] }));
    const rules = alerts.rules.map((rule, index) => ({ rule, number: index + 1 }));
    const { heartbeat, digest, overrides } = alerts;
    return blocks(
      await channelTable(channels, view),
      rules.length === 0 ? '' : await ruleTable(rules, view),
      Object.entries(overrides)
        .map(([task, own]) => `Task ${view.plain(task)}: ${own.channels.join(', ') || 'no alerts'}`)
        .join('\n'),
      heartbeat === undefined
        ? ''
        : `Heartbeat: ${heartbeat.channels.join(', ')}, every ${view.duration(heartbeat.everyMs ?? 300_000)}`,
      digest === undefined ? '' : digestLine(digest),
    );
  },
});

function channelTable(
  channels: readonly (ChannelState & { readonly channel: Channel | undefined })[],
  view: TextView,
): Promise<string> | string {
  return view.table(
    channels,
    [
      { title: 'CHANNEL', cell: ({ name }) => view.plain(name), whole: true },
      { title: 'KIND', cell: ({ channel }) => kindOf(channel) },
      { title: 'WAITING', cell: ({ waiting }) => String(waiting) },
      { title: 'GIVEN UP', cell: ({ dropped }) => String(dropped) },
      { title: 'LAST SENT', cell: ({ lastSentAt }) => (lastSentAt === null ? '-' : view.instant(lastSentAt)) },
      { title: 'PROBLEM', cell: ({ problem }) => view.plain(problem ?? '-') },
    ],
    'No channels. `alerts add NAME --kind webhook --url URL` adds one; docs/alerts.md shows each kind.',
  );
}

function kindOf(channel: Channel | undefined): string {
  if (channel === undefined) return '-';
  const form = channel.kind === 'webhook' && channel.template !== undefined ? ` (${channel.template})` : '';
  return `${channel.kind}${form}${channel.enabled === false ? ', off' : ''}`;
}

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function digestLine({ channels, every, at = digestDefaults.at, weekday = digestDefaults.weekday }: Digest): string {
  const when = every === 'day' ? 'every day' : `every ${weekdayNames[weekday % 7] ?? ''}`;
  return `Digest: ${channels.join(', ')}, ${when} at ${at}`;
}

const ruleTable = (rules: readonly { readonly rule: AlertRule; readonly number: number }[], view: TextView) =>
  view.table(
    rules,
    [
      { title: 'RULE', cell: ({ number }) => String(number) },
      { title: 'EVENTS', cell: ({ rule }) => rule.events.join(', ') },
      { title: 'OF', cell: ({ rule }) => view.plain(subjectsOf(rule)) },
      { title: 'TO', cell: ({ rule }) => rule.channels.join(', ') },
      { title: 'UNLESS', cell: ({ rule }) => limitsOf(rule) },
    ],
    '',
  );

function subjectsOf({ tags, groups, tasks }: AlertRule): string {
  const parts = [
    ...(tags ?? []).map((tag) => `tag ${tag}`),
    ...(groups ?? []).map((group) => `group ${group}`),
    ...(tasks ?? []).map((task) => `task ${task}`),
  ];
  return parts.join(', ') || 'all tasks';
}

function limitsOf({ afterFailures, quietHours }: AlertRule): string {
  const parts = [
    ...(afterFailures === undefined ? [] : [`fewer than ${afterFailures} failures`]),
    ...(quietHours === undefined ? [] : [`${quietHours.from} to ${quietHours.to}`]),
  ];
  return parts.join(', ') || '-';
}
