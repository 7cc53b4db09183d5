import { channelNameSchema, channelSchema, webhookTemplates, type Channel } from '../../../contract/alerts/channels.ts';
import { ruleKindSchema } from '../../../contract/alerts/event.ts';
import { alertRuleSchema, type AlertRule } from '../../../contract/alerts/rules.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { Application } from '../../../application/application.ts';
import { flag, integer, list, manyOf, oneOf, text, type ValuesOf } from '../../option.ts';

/** Options that set the fields of a channel. Which of them count depends on its kind. */
export const channelOptions = {
  url: text('Address of a webhook or check. It is stored as a secret.', 'URL'),
  template: oneOf(
    'The service whose form of message the webhook sends. Default: the documented event.',
    webhookTemplates,
  ),
  method: oneOf('HTTP method of the webhook. Default: POST.', ['POST', 'PUT', 'PATCH']),
  header: list('Header of the webhook, for example "X-Team: ops".', 'NAME: VALUE'),
  'signing-key': text('Key of the HMAC-SHA256 signature of the webhook. It is stored as a secret.', 'KEY'),
  token: text('Token of ntfy, Gotify or the Telegram bot. It is stored as a secret.', 'TOKEN'),
  'chat-id': text('Chat that the Telegram bot writes to.', 'ID'),
  service: oneOf('The service behind a check. Default: healthchecks.', ['healthchecks', 'uptime-kuma']),
  host: text('Host of the mail server.', 'HOST'),
  port: integer('Port of the mail server. Default: 587, 465 with tls, 25 with none.', { min: 1, max: 65_535 }),
  security: oneOf('Encryption of the mail server. Default: starttls.', ['starttls', 'tls', 'none']),
  'ca-file': text(
    'Absolute path of a file with certificates (PEM) to trust for the mail server, if they are your own.',
    'FILE',
  ),
  user: text('User name at the mail server.', 'NAME'),
  password: text('Password at the mail server. It is stored as a secret.', 'PASSWORD'),
  from: text('Sender of emails.', 'ADDRESS'),
  to: list('Recipient of emails.', 'ADDRESS'),
  command: list('Program to run, then each of its arguments.', 'WORD'),
  off: flag('Switch the channel off.'),
  on: flag('Switch the channel on.'),
} as const;

/** Options that say which events of which tasks a rule selects. */
export const ruleOptions = {
  event: manyOf('Event to alert of.', ruleKindSchema.options),
  tag: list('Only tasks with this tag.', 'TAG'),
  group: list('Only tasks of this group.', 'GROUP'),
  task: list('Only this task, by name or id.', 'TASK'),
  'after-failures': integer('Alert of a failure only after this many in a row. Default: 1.', { min: 1, max: 1000 }),
  'every-time': flag('Alert of each failure, also with a cause that was already sent.'),
  'quiet-hours': text('Hold alerts back during these hours, for example 22:00-07:00.', 'FROM-TO'),
} as const;

type ChannelArgs = Partial<ValuesOf<typeof channelOptions>>;
type RuleArgs = Partial<ValuesOf<typeof ruleOptions>>;

/** Returns a channel of the options, over the fields that it has already. @throws SchedulerError `usage/invalid-channel` */
export function channelFrom(args: ChannelArgs, before: Channel | { readonly kind: string }): Channel {
  const { header, 'signing-key': signingKey, 'chat-id': chatId, 'ca-file': caFile, on, off, ...same } = args;
  const given = {
    ...same,
    signingKey,
    chatId,
    caFile,
    headers: header && Object.fromEntries(header.map(headerOf)),
    enabled: off === true ? false : on === true ? true : undefined,
  };
  const fields = Object.entries(given).filter(([name, value]) => value !== undefined && isOwn(name));
  const read = channelSchema.safeParse({ ...before, ...Object.fromEntries(fields) });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = String(issue?.path[0] ?? 'kind');
  throw invalidChannel(`--${optionOf[field] ?? field}`, issue?.message ?? '');
}

const fieldNames = new Set([
  'kind',
  'headers',
  'signingKey',
  'chatId',
  'caFile',
  'enabled',
  ...Object.keys(channelOptions),
]);
const isOwn = (name: string): boolean => fieldNames.has(name);
const optionOf: Readonly<Record<string, string>> = {
  headers: 'header',
  signingKey: 'signing-key',
  chatId: 'chat-id',
  caFile: 'ca-file',
};

function headerOf(line: string): [string, string] {
  const [name = '', ...rest] = line.split(':');
  if (rest.length === 0) throw invalidChannel('--header', `${JSON.stringify(line)} must be NAME: VALUE`);
  return [name.trim(), rest.join(':').trim()];
}

/** @throws SchedulerError `usage/invalid-channel` */
export function assertChannelName(name: string): void {
  const problem = channelNameSchema.safeParse(name).error?.issues[0];
  if (problem !== undefined) throw invalidChannel('NAME', problem.message);
}

function invalidChannel(field: string, reason: string): SchedulerError {
  const message = `${field}: ${reason}. docs/alerts.md shows each kind of channel.`;
  return new SchedulerError('usage/invalid-channel', message, { field });
}

/** Returns a rule of the options; undefined if none was given. @param usual its channels, and its events by default */
export async function ruleFrom(
  args: RuleArgs,
  application: Application,
  usual: Pick<AlertRule, 'events' | 'channels'>,
): Promise<AlertRule | undefined> {
  const tasks = await Promise.all(
    (args.task ?? []).map(async (name) => (await (await application.tasks()).get(name)).task.id),
  );
  const [from, to] = args['quiet-hours']?.split('-') ?? [];
  const rule = {
    events: args.event ?? usual.events,
    channels: usual.channels,
    ...(args.tag && { tags: args.tag }),
    ...(args.group && { groups: args.group }),
    ...(tasks.length > 0 && { tasks }),
    ...(args['after-failures'] !== undefined && { afterFailures: args['after-failures'] }),
    ...(args['every-time'] === true && { everyTime: true }),
    ...(args['quiet-hours'] !== undefined && { quietHours: { from, to } }),
  };
  if (args.event === undefined && Object.keys(rule).length === 2) return undefined;
  const read = alertRuleSchema.safeParse(rule);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const option = { quietHours: 'quiet-hours', afterFailures: 'after-failures' }[String(issue?.path[0])] ?? 'event';
  throw new SchedulerError('usage/invalid-rule', `--${option}: ${issue?.message ?? ''}.`, { option });
}
