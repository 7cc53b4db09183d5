import { messageOf } from '../../domain/errors.ts';
import type { Delivery } from '../../ports/alert-channels.ts';

/** How long a receiver may take, in ms. */
export const answerWithinMs = 15_000;
/** How much of an answer is read and shown, in bytes. */
const answerBytes = 2000;
const shownCharacters = 300;
/** These say that the receiver will never take this body. Every other status may change: a key, an address, its load. */
const refusals = new Set([400, 413, 422]);

/** How requests leave this machine: through the proxies and with the certificates of the environment. */
export interface Network {
  readonly fetch: typeof fetch;
  /** Returns why a request failed, as the end of a sentence. */
  reason(error: unknown, url: string): string;
  close(): Promise<void>;
}

export interface AlertRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/**
 * Sends one request and returns what became of it. Follows no redirect: the address, the headers and the body hold
 * secrets, and another address than the configured one gets none of them.
 */
export async function deliver(request: AlertRequest, network: Network): Promise<Delivery> {
  const { url, method, headers, body } = request;
  if (!URL.canParse(url)) return failed('The address is not valid. It must begin with https:// or http://.', false);
  const signal = AbortSignal.timeout(answerWithinMs);
  let response: Response;
  try {
    response = await network.fetch(url, { method, headers, body, redirect: 'manual', signal });
  } catch (error) {
    if (signal.aborted) return failed(`${hostOf(url)} did not answer within ${answerWithinMs / 1000} seconds.`, true);
    const reason = network.reason(error, url);
    return failed(`${hostOf(url)} could not be reached: ${reason}`, mayHaveArrived(error));
  }
  return judged(response, await beginningOf(response), url);
}

function judged(response: Response, words: string, url: string): Delivery {
  const { status } = response;
  const said = words === '' ? '' : ` It said: ${words}`;
  if (status >= 200 && status < 300) return { outcome: 'sent', answer: `${hostOf(url)} answered ${status}.${said}` };
  if (status >= 300 && status < 400) return failed(redirected(response, url), false);
  const answer = `${hostOf(url)} answered ${status}${meaningOf(status)}.${said}`;
  if (refusals.has(status)) return { outcome: 'refused', answer };
  return { ...failed(answer, false), askedMs: askedMs(response, words) };
}

const failed = (answer: string, arrived: boolean): Extract<Delivery, { outcome: 'failed' }> => ({
  outcome: 'failed',
  answer,
  mayHaveArrived: arrived,
});

function redirected(response: Response, url: string): string {
  const location = response.headers.get('location') ?? '';
  const target = URL.canParse(location, url) ? new URL(location, url).origin : 'an address that is not valid';
  return `${hostOf(url)} answered ${response.status} and redirects to ${target}. Alerts follow no redirects, because secrets would go with them. Enter the address to which it redirects.`;
}

function meaningOf(status: number): string {
  if (status === 401 || status === 403) return ' (not allowed: check the key or token)';
  if (status === 404 || status === 410) return ' (not found: check the address)';
  if (status === 429) return ' (too many requests)';
  return status >= 500 ? ' (an error of the receiver)' : '';
}

/** False if the connection never stood, so that nothing can have arrived. */
function mayHaveArrived(error: unknown): boolean {
  let cause = error as { code?: unknown; cause?: unknown; message?: unknown };
  while (typeof cause.cause === 'object' && cause.cause !== null) cause = cause.cause;
  const never =
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|EPROTO|ERR_TLS.*|ERR_SSL.*|.*CERT.*|.*SIGNATURE|ERR_INVALID.*)$/;
  // Fetch refuses the ports of other protocols before it connects (https://fetch.spec.whatwg.org/#port-blocking).
  if (cause.message === 'bad port') return false;
  return !never.test(typeof cause.code === 'string' ? cause.code : '');
}

/** Reads Retry-After (RFC 9110, 10.2.3), or the field of the same meaning that Telegram and Discord put in the body. */
function askedMs(response: Response, words: string): number | undefined {
  const header = response.headers.get('retry-after') ?? '';
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  const sent = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(date) && !Number.isNaN(sent)) return Math.max(0, date - sent);
  const inBody = /"retry_after"\s*:\s*(\d+(?:\.\d+)?)/.exec(words)?.[1];
  return inBody === undefined ? undefined : Number(inBody) * 1000;
}

/** Returns what the receiver said, in one line. The status has counted already, so a broken body changes nothing. */
async function beginningOf(response: Response): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(Buffer.from(chunk as Uint8Array));
      size += (chunk as Uint8Array).length;
      if (size >= answerBytes) break;
    }
  } catch (error) {
    chunks.push(Buffer.from(` (the answer broke off: ${messageOf(error)})`));
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const isPage = /html/i.test(response.headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(text);
  const words = isPage ? `a web page, “${/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? 'without a title'}”` : text;
  return words
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, shownCharacters);
}

const hostOf = (url: string): string => new URL(url).host;
