import { messageOf } from '../../../domain/errors.ts';
import { readPlan } from './plan.ts';
import type { HttpPlan } from './plan.ts';
import { fetchFollowing, RedirectError } from './redirects.ts';
import type { Arrival, HttpRequest } from './redirects.ts';
import { cancelled, failure, success } from '../runner.ts';
import type { RunnerContext, RunnerOutcome } from '../runner.ts';

/** Bytes of the response body kept in the result. The log holds as much of it as the task's output limit allows. */
const RESULT_BODY_BYTES = 64 * 1024;

type Headers = Record<string, string>;

/**
 * Runs `http:request`: `url`, `method` (default GET), `headers`, `body` (a text; anything else is sent as JSON),
 * `expectStatus` (one status or a list; default 200 to 299). A user name and password in the URL are sent as Basic
 * authentication. Follows redirects as `fetchFollowing` describes (`redirect`, default `follow`). The result is the
 * status, the headers, the first 64 KiB of the body and, after redirects, the address that answered (`url`). Node aborts
 * when a server sends nothing for five minutes.
 */
export async function runHttp({ spec, log, output, signal }: RunnerContext): Promise<RunnerOutcome> {
  const plan = readPlan(spec.parameters);
  const { method, url } = plan.request;
  log.sys(`${method} ${url}`);
  let arrival: Arrival;
  try {
    const send = ({ url: address, ...init }: HttpRequest): Promise<Response> =>
      fetch(address, { ...init, signal, redirect: 'manual' });
    arrival = await fetchFollowing(plan.request, { mode: plan.redirect, send, onStep: (step) => log.sys(step) });
  } catch (error) {
    if (signal.aborted) return cancelled('waiting for the response');
    if (error instanceof RedirectError) return failure(error.code, error.message);
    const message = `${method} ${url} received no response: ${networkReason(error)}`;
    return failure('http/no-answer', message);
  }
  const { response } = arrival;
  const redirected = arrival.url === url ? {} : { url: arrival.url };
  if (arrival.url !== url) log.sys(`The response is from ${arrival.url}`);
  const headers = Object.fromEntries(response.headers);
  log.write('out', Buffer.from(head(response, headers)));
  try {
    const body = await readBody(response, (chunk) => output('out', chunk));
    log.endOf('out');
    return judge(plan, { status: response.status, ...redirected, headers, ...body });
  } catch (error) {
    if (signal.aborted) return cancelled('reading the response');
    const message = `The response was cut off: ${networkReason(error)}`;
    return failure('http/broken-answer', message, { result: { status: response.status, ...redirected, headers } });
  }
}

/** Returns the response head. Cookies are as sensitive as passwords, so it lists their names but not their values. */
function head(response: Response, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name}: ${name === 'set-cookie' ? '(hidden)' : value}`,
  );
  if ('set-cookie' in headers) headers['set-cookie'] = '(hidden)';
  return [`${response.status} ${response.statusText}`.trimEnd(), ...lines, '', ''].join('\n');
}

async function readBody(
  response: Response,
  onChunk: (chunk: Uint8Array) => void,
): Promise<{ body: string; bodyBytes: number; bodyTruncated: boolean }> {
  const kept: Uint8Array[] = [];
  let bodyBytes = 0;
  const chunks = (response.body ?? []) as AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  for await (const chunk of chunks) {
    const room = RESULT_BODY_BYTES - bodyBytes;
    if (room > 0) kept.push(chunk.subarray(0, room));
    bodyBytes += chunk.length;
    onChunk(chunk);
  }
  const body = new TextDecoder().decode(Buffer.concat(kept));
  return { body, bodyBytes, bodyTruncated: bodyBytes > RESULT_BODY_BYTES };
}

function judge(plan: HttpPlan, result: { status: number; headers: Headers; [field: string]: unknown }): RunnerOutcome {
  const { status, headers } = result;
  if (plan.expectStatus ? plan.expectStatus.includes(status) : status >= 200 && status <= 299) return success(result);
  const expected = plan.expectStatus?.join(' or ') ?? '200 to 299';
  const location =
    plan.redirect === 'none' && status >= 300 && status <= 399 ? headers['location']?.split(/[?#]/, 1)[0] : undefined;
  const redirect =
    location === undefined ? '' : ` It redirects to ${location}, which "redirect": "none" does not follow.`;
  return failure('http/status', `The server responded with ${status}; expected ${expected}.${redirect}`, { result });
}

/** Returns the cause of a failed fetch: the message `fetch failed` does not contain it. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const { code, message } = (cause ?? error) as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ECONNREFUSED:
      'the connection was refused (ECONNREFUSED). Check that the server is running and that the port is correct.',
    ENOTFOUND: 'the host name was not found (ENOTFOUND). Check its spelling and the network.',
    EAI_AGAIN: 'the host name could not be looked up (EAI_AGAIN). Check the network.',
    ECONNRESET: 'the server closed the connection (ECONNRESET).',
    UND_ERR_HEADERS_TIMEOUT: 'the server sent nothing for five minutes.',
    UND_ERR_BODY_TIMEOUT: 'the server stopped sending for five minutes.',
  };
  return (code !== undefined ? known[code] : undefined) ?? (message || code || messageOf(error));
}
