import type { ChannelKind } from '../../../main/contract/alerts/channels.ts';
import type { AlertKind, RuleKind } from '../../../main/contract/alerts/event.ts';
import type { Digest } from '../../../main/contract/alerts/rules.ts';
import type { AlertState } from '../../../main/contract/alerts/outbox.ts';

const kinds: Readonly<Record<ChannelKind, string>> = {
  webhook: 'Webhook, chat or push',
  healthchecks: 'Health check',
  email: 'Email',
  command: 'Program',
  desktop: 'Notification of this desktop',
};

const events: Readonly<Record<RuleKind, string>> = {
  started: 'Started',
  succeeded: 'Succeeded',
  failed: 'Failed',
  doubtful: 'Doubtful',
  recovered: 'Recovered',
  changed: 'Changed',
  missed: 'Missed',
  late: 'Late',
  long: 'Takes too long',
  overdue: 'Overdue',
  budget: 'Budget used up',
  credentials: 'Cannot sign in',
  paused: 'Paused after failures',
  drift: 'Changed entry',
  proposal: 'Agent waits for approval',
};

interface AlertsSummary {
  alertsTo: 'rules' | 'channels' | 'nowhere';
  alertChannels: readonly string[];
}

/** Where the alerts of one task go. */
const editor = {
  title: 'Alerts',
  to: 'Send alerts of this task',
  hint: 'The rules in Settings still decide which events become alerts.',
  choices: { rules: 'where the rules say', channels: 'to these channels', nowhere: 'nowhere' },
  summary: ({ alertsTo, alertChannels }: AlertsSummary): string =>
    alertsTo === 'channels' ? `to ${alertChannels.join(', ')}` : alertsTo === 'nowhere' ? 'off' : 'as the rules say',
  notSaved: (reason: string) => `The task was created, but not where its alerts go: ${reason}`,
} as const;

const weekdays = {
  '1': 'Monday',
  '2': 'Tuesday',
  '3': 'Wednesday',
  '4': 'Thursday',
  '5': 'Friday',
  '6': 'Saturday',
  '7': 'Sunday',
} as const;

/** The message that regularly says what ran, failed, was missed and is due. */
const digest = {
  title: 'Digest',
  edit: 'Edit the digest',
  hint: 'It says what ran, failed, was missed and is due.',
  none: 'No digest is sent.',
  every: 'Send a digest',
  choices: { never: 'Never', day: 'Every day', week: 'Every week' },
  weekday: 'Day',
  weekdays,
  at: 'At',
  atWrong: 'Enter a time of day such as 08:00.',
  summary: ({ channels, every, at = '08:00', weekday = 1 }: Digest): string => {
    const day = weekdays[String(weekday) as keyof typeof weekdays];
    return `${every === 'day' ? 'every day' : `every ${day}`} at ${at} → ${channels.join(', ')}`;
  },
} as const;

const byTime = { heartbeat: 'Heartbeat', digest: 'Digest', test: 'Test' } as const;

/** Alerts: messages that leave this computer. */
export const alerts = {
  title: 'Alerts',
  hint: 'Alerts reach you away from this computer. One that cannot be sent now is sent later.',
  none: 'No channels yet.',
  card: 'Alerts that could not be sent',
  openSettings: 'Open alert settings',
  verdict: (count: number) =>
    count === 1 ? 'Alerts cannot be sent to one channel' : `Alerts cannot be sent to ${count} channels`,
  verdictHint: 'They are sent when the channel works again. The card below says what the receiver answered.',
  add: 'Add a channel',
  edit: 'Edit',
  editNamed: (name: string) => `Edit the channel ${name}`,
  remove: 'Remove',
  removeNamed: (name: string) => `Remove the channel ${name}`,
  removed: (name: string) => `${name} was removed, also from the rules.`,
  deleteSecrets: (count: number) => (count === 1 ? 'Delete its secret' : `Delete its ${count} secrets`),
  secretsDeleted: (count: number) => (count === 1 ? 'The secret was deleted.' : `${count} secrets were deleted.`),
  test: 'Send a test',
  testNamed: (name: string) => `Send a test to ${name}`,
  testing: 'Sending…',
  sent: 'Sent alerts',
  sentNone: 'No alerts yet.',
  retry: 'Try again',
  retryNamed: (title: string) => `Try again: ${title}`,
  retried: (count: number) => (count === 1 ? '1 alert is sent again.' : `${count} alerts are sent again.`),
  waiting: (count: number) => `${count} waiting`,
  dropped: (count: number) => `${count} given up`,
  lastSent: (ago: string) => `last sent ${ago}`,
  neverSent: 'nothing sent yet',
  off: 'off',
  possiblyTwice: 'may have arrived twice',
  states: { waiting: 'Waiting', sending: 'Sending', sent: 'Sent', dropped: 'Given up' } satisfies Record<
    AlertState,
    string
  >,
  kinds,
  events,
  eventOf: (kind: AlertKind): string =>
    kind === 'test' || kind === 'heartbeat' || kind === 'digest' ? byTime[kind] : events[kind],
  name: 'Name',
  nameHint: 'Letters, digits, “.”, “_” and “-”.',
  nameTaken: 'A channel has this name already.',
  kind: 'Kind',
  required: 'This field is required.',
  fields: {
    url: 'Address',
    template: 'Service',
    method: 'Method',
    headers: 'Headers',
    headersHint: 'One per line: Name: value.',
    headersWrong: 'Write each header as Name: value.',
    signingKey: 'Signing key',
    signingKeyHint: 'Signs each request with HMAC-SHA256. Leave it empty for no signature.',
    token: 'Token',
    chatId: 'Chat id',
    service: 'Service',
    host: 'SMTP server',
    port: 'Port',
    portWrong: 'Enter a number from 1 to 65535.',
    security: 'Encryption',
    caFile: 'File with certificates to trust',
    caFileHint: 'Only for a server with a certificate of your own authority. An absolute path to a PEM file.',
    user: 'User name',
    password: 'Password',
    from: 'From',
    to: 'To',
    toHint: 'Several addresses are separated by commas.',
    command: 'Program and arguments',
    commandHint: 'One per line. It gets the event on standard input and in NCP_ALERT_* variables.',
    secretHint: 'Stored encrypted as a secret.',
  },
  templates: {
    '': 'Other: the event as JSON',
    slack: 'Slack',
    discord: 'Discord',
    teams: 'Microsoft Teams',
    ntfy: 'ntfy',
    gotify: 'Gotify',
    telegram: 'Telegram',
    'google-chat': 'Google Chat',
  },
  methods: { POST: 'POST', PUT: 'PUT', PATCH: 'PATCH' },
  services: { healthchecks: 'Healthchecks', 'uptime-kuma': 'Uptime Kuma' },
  securities: { starttls: 'STARTTLS', tls: 'TLS', none: 'None' },
  rules: 'Rules',
  rulesHint: 'Which events of which tasks go to which channels.',
  addRule: 'Add a rule',
  editRule: 'Edit the rule',
  editRuleNumber: (number: number) => `Edit rule ${number}`,
  removeRuleNumber: (number: number) => `Remove rule ${number}`,
  rule: (what: string, channels: string) => `${what} → ${channels}`,
  allTasks: 'all tasks',
  someTasks: (count: number) => `${count} tasks and groups`,
  group: (schedule: string) => `Group: ${schedule}`,
  gone: (id: string) => `deleted (${id})`,
  takeOut: (name: string) => `Take out ${name}`,
  addTask: 'Add a task or group',
  eachFailure: 'each failure',
  tagged: (tags: string) => `tags ${tags}`,
  after: (count: number) => `after ${count} failures`,
  quiet: (from: string, to: string) => `quiet from ${from} to ${to}`,
  ruleEvents: 'Events',
  ruleChannels: 'Channels',
  ruleTasks: 'Only these tasks and groups',
  ruleTags: 'Only tasks with these tags',
  ruleTagsHint: 'Separated by commas. A rule without tasks, groups and tags is for all tasks.',
  everyTime: 'Also tell failures with the same cause again',
  afterFailures: 'After this many failures in a row',
  quietFrom: 'Quiet from',
  quietTo: 'Quiet to',
  quietHint: 'Times such as 22:00. Alerts wait until the quiet hours are over.',
  taskAlerts: (channels: readonly string[]) =>
    channels.length === 0 ? 'No alerts of this task are sent.' : `Alerts go to ${channels.join(', ')}.`,
  editor,
  digest,
  chooseEvents: 'Choose at least one event.',
  chooseChannels: 'Choose at least one channel.',
};
