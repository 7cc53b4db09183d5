import {
  channelSchema,
  secretFields,
  type Channel,
  type ChannelKind,
} from '../../../../main/contract/alerts/channels.ts';
import { text } from '../../../text/en.ts';

const words = text.alerts;
const { fields } = words;

/** A field of a channel as a form shows it. */
export interface ChannelField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly choices?: Readonly<Record<string, string>>;
  /** More than one line. */
  readonly isLong?: boolean;
  /** Shown only for these services of a webhook. */
  readonly onlyFor?: readonly string[];
}

/** The fields of each kind, in the order of the form. A field that is not here is kept as it is. */
const channelFields: Readonly<Record<ChannelKind, readonly ChannelField[]>> = {
  webhook: [
    { name: 'template', label: fields.template, choices: words.templates },
    { name: 'url', label: fields.url, hint: fields.secretHint },
    { name: 'token', label: fields.token, hint: fields.secretHint, onlyFor: ['ntfy', 'gotify', 'telegram'] },
    { name: 'chatId', label: fields.chatId, onlyFor: ['telegram'] },
    { name: 'method', label: fields.method, choices: words.methods, onlyFor: [''] },
    { name: 'headers', label: fields.headers, hint: fields.headersHint, isLong: true },
    { name: 'signingKey', label: fields.signingKey, hint: fields.signingKeyHint, onlyFor: [''] },
  ],
  healthchecks: [
    { name: 'service', label: fields.service, choices: words.services },
    { name: 'url', label: fields.url, hint: fields.secretHint },
  ],
  email: [
    { name: 'host', label: fields.host },
    { name: 'security', label: fields.security, choices: words.securities },
    { name: 'port', label: fields.port },
    { name: 'caFile', label: fields.caFile, hint: fields.caFileHint },
    { name: 'user', label: fields.user },
    { name: 'password', label: fields.password, hint: fields.secretHint },
    { name: 'from', label: fields.from },
    { name: 'to', label: fields.to, hint: fields.toHint },
  ],
  command: [{ name: 'command', label: fields.command, hint: fields.commandHint, isLong: true }],
  desktop: [],
};

/** Returns whether the text of a field is hidden while it is typed. An address is not: a person must be able to check it. */
export const isHidden = (kind: ChannelKind, name: string): boolean =>
  name !== 'url' && secretFields[kind].includes(name);

export type ChannelValues = Readonly<Record<string, string>>;

/** Returns the texts of a channel's fields. */
export function valuesOf(channel: Channel): Record<string, string> {
  const stored: Readonly<Record<string, unknown>> = channel;
  return Object.fromEntries(channelFields[channel.kind].map(({ name }) => [name, textOf(name, stored[name])]));
}

function textOf(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (name === 'headers')
    return Object.entries(value as object)
      .map(([header, content]) => `${header}: ${content}`)
      .join('\n');
  if (Array.isArray(value)) return value.join(name === 'to' ? ', ' : '\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export type ReadChannel = { readonly channel: Channel } | { readonly errors: Readonly<Record<string, string>> };

/** Reads a channel from the form. @param present the channel before, whose other fields stay; null for a new one */
export function readChannel(kind: ChannelKind, values: ChannelValues, present: Channel | null): ReadChannel {
  const shown = shownFields(kind, values);
  const given: Record<string, unknown> = { ...(present?.kind === kind ? present : {}), kind };
  for (const { name } of channelFields[kind]) delete given[name];
  for (const { name } of shown) {
    const value = valueOf(name, (values[name] ?? '').trim());
    if (value !== undefined) given[name] = value;
  }
  const read = channelSchema.safeParse(given);
  if (read.success) return { channel: read.data };
  return {
    errors: Object.fromEntries(
      read.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return [name, given[name] === undefined ? words.required : (wrong[name] ?? message)];
      }),
    ),
  };
}

const wrong: Readonly<Record<string, string>> = { port: fields.portWrong, headers: fields.headersWrong };

/** Returns the fields that the form shows. */
export const shownFields = (kind: ChannelKind, values: ChannelValues): ChannelField[] =>
  channelFields[kind].filter(({ onlyFor }) => onlyFor?.includes(values['template'] ?? '') ?? true);

function valueOf(name: string, typed: string): unknown {
  if (typed === '') return undefined;
  const lines = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (name === 'headers') return Object.fromEntries(lines.map(headerOf));
  if (name === 'command') return lines;
  if (name === 'to')
    return typed
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== '');
  return name === 'port' ? Number(typed) : typed;
}

/** A line without a colon becomes a name that no header can have, which the schema refuses. */
function headerOf(line: string): [string, string] {
  const at = line.indexOf(':');
  return at === -1
    ? [line.includes(' ') ? line : `${line} `, '']
    : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
