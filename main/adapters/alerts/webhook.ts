import { createHmac } from 'node:crypto';
import type { ChannelOf } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import { cutStart } from './alert-text.ts';
import { deliver, type Network } from './http-delivery.ts';
import { webhookTemplates } from './webhook-templates.ts';

/** The end of the output in the documented event, in bytes. */
const outputBytes = 8000;

/**
 * Sends an event as JSON. `Idempotency-Key` is the same at each attempt, so a receiver can tell an alert that it has.
 * `NCP-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA256 of `SECONDS.BODY` with the signing key: the time keeps a recorded
 * request from being repeated later.
 */
export async function sendWebhook(
  channel: ChannelOf<'webhook'>,
  event: AlertEvent,
  { network, nowMs }: { readonly network: Network; readonly nowMs: number },
): Promise<Delivery> {
  const template = channel.template === undefined ? null : webhookTemplates[channel.template];
  const missing = missingField(channel);
  if (missing !== null) return { outcome: 'failed', answer: missing, mayHaveArrived: false };
  if (!URL.canParse(channel.url)) return { outcome: 'failed', answer: badAddress, mayHaveArrived: false };
  const plain = { ...event, output: event.output === null ? null : cutStart(event.output, outputBytes) };
  const body = JSON.stringify(template === null ? plain : template.body(event, channel));
  return deliver(
    {
      url: template?.url?.(channel) ?? channel.url,
      method: channel.method ?? 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'ncp-scheduler',
        'Idempotency-Key': event.id,
        'NCP-Event': event.kind,
        ...template?.headers?.(channel),
        ...channel.headers,
        ...(channel.signingKey !== undefined && signature(channel.signingKey, body, nowMs)),
      },
      body,
    },
    network,
  );
}

const badAddress = 'The field "url" is not an address. It must begin with https:// or http://.';

function missingField({ template, token, chatId }: ChannelOf<'webhook'>): string | null {
  if (template === 'telegram' && (token === undefined || chatId === undefined))
    return 'Telegram needs the fields "token" (of the bot) and "chatId" (of the chat).';
  if (template === 'gotify' && token === undefined) return 'Gotify needs the field "token" (of the application).';
  return null;
}

function signature(key: string, body: string, nowMs: number): Record<string, string> {
  const seconds = Math.floor(nowMs / 1000);
  const hash = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return { 'NCP-Signature': `t=${seconds},v1=${hash}` };
}
