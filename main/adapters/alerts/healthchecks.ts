import { sentencesOf } from '../../contract/alerts/alert-sentences.ts';
import type { ChannelOf } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import { cut, cutStart, outputOf, titleOf } from './alert-text.ts';
import { deliver, type AlertRequest, type Network } from './http-delivery.ts';

/** Self-hosted Healthchecks keeps the first 10,000 bytes of a body; the end of a log says most. */
const bodyBytes = 9900;
const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Pings a check: https://healthchecks.io/docs/http_api/. `rid` ties the start of a run to its end. Events that are neither
 * a start nor an end go to `/log`, which leaves the state of the check as it is.
 */
export async function sendPing(
  channel: ChannelOf<'healthchecks'>,
  event: AlertEvent,
  network: Network,
): Promise<Delivery> {
  if (!URL.canParse(channel.url))
    return { outcome: 'failed', answer: 'The field "url" is not an address.', mayHaveArrived: false };
  const request = channel.service === 'uptime-kuma' ? kumaRequest(channel.url, event) : pingRequest(channel.url, event);
  if (request === null) return { outcome: 'sent', answer: `Uptime Kuma has no message for "${event.kind}".` };
  return deliver(request, network);
}

function pingRequest(address: string, event: AlertEvent): AlertRequest {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/$/, '') + suffixOf(event);
  if (event.run !== null && isUuid.test(event.run.id)) url.searchParams.set('rid', event.run.id);
  const text = [titleOf(event), sentencesOf(event)].join('\n');
  const output = outputOf(event);
  const body =
    output === '' ? cut(text, bodyBytes) : `${text}\n\n${cutStart(output, bodyBytes - 2 - Buffer.byteLength(text))}`;
  return { url: url.href, method: 'POST', headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}

function suffixOf({ kind, run }: AlertEvent): string {
  switch (kind) {
    case 'started':
      return '/start';
    case 'succeeded':
    case 'heartbeat':
      return '';
    case 'failed':
      // 0 would be a success: a run can fail by its criteria although it exits with 0.
      return run?.exitCode !== null && run?.exitCode !== undefined && run.exitCode > 0 && run.exitCode < 256
        ? `/${run.exitCode}`
        : '/fail';
    default:
      return '/log';
  }
}

/** The push address of Uptime Kuma: `status`, `msg` and `ping` (ms) replace those that the person copied. */
function kumaRequest(address: string, event: AlertEvent): AlertRequest | null {
  const status = {
    succeeded: 'up',
    heartbeat: 'up',
    recovered: 'up',
    test: 'up',
    failed: 'down',
    missed: 'down',
    overdue: 'down',
  };
  const value = Object.hasOwn(status, event.kind) ? status[event.kind as keyof typeof status] : null;
  if (value === null) return null;
  const url = new URL(address);
  url.searchParams.set('status', value);
  url.searchParams.set('msg', cut(`${titleOf(event)}: ${sentencesOf(event)}`.replaceAll('\n', ' '), 250));
  url.searchParams.set('ping', String(event.run?.durationMs ?? ''));
  return { url: url.href, method: 'GET', headers: {}, body: null };
}
