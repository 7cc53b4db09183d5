import { httpRequest } from '../../../contract/built-in/http-request.ts';
import { messageOf } from '../../../domain/errors.ts';
import { splitCredentials } from './credentials.ts';
import { fetchFollowing, RedirectError } from './redirects.ts';
import type { HttpRequest } from './redirects.ts';
import { ParameterReader } from '../parameters.ts';
import { cancelled, failure, success } from '../runner.ts';
import type { RunnerContext, RunnerOutcome } from '../runner.ts';

/** Bytes of the response body kept in the result. The log holds as much of it as the task's output limit allows. */
const RESULT_BODY_BYTES = 64 * 1024;

interface Plan {
  readonly request: HttpRequest;
  /** Null: any status from 200 to 299. */
  readonly expectStatus: readonly number[] | null;
}

/**
 * Runs `http:request`: `url`, `method` (default GET), `headers`, `body` (a text; anything else is sent as JSON),
 * `expectStatus` (one status or a list; default 200 to 299). A user name and password in the URL are sent as Basic
 * authentication. Follows redirects as `fetchFollowing` describes. The result is the status, the headers and the first
 * 64 KiB of the body. Node aborts when a server sends nothing for five minutes.
 */
export async function runHttp({ spec, log, output, signal }: RunnerContext): Promise<RunnerOutcome> {
  const plan = readPlan(spec.parameters);
  const { method, url } = plan.request;
  log.sys(`${method} ${url}`);
  let response: Response;
  try {
    response = await fetchFollowing(plan.request, signal, (step) => log.sys(step));
  } catch (error) {
    if (signal.aborted) return cancelled('waiting for the response');
    if (error instanceof RedirectError) return failure(error.code, error.message);
    const message = `${method} ${url} received no response: ${networkReason(error)}`;
    return failure('http/no-answer', message);
  }
  const headers = Object.fromEntries(response.headers);
  log.write('out', Buffer.from(head(response, headers)));
  try {
    const body = await readBody(response, (chunk) => output('out', chunk));
    log.endOf('out');
    return judge(plan, { status: response.status, headers, ...body });
  } catch (error) {
    if (signal.aborted) return cancelled('reading the response');
    const message = `The response was cut off: ${networkReason(error)}`;
    return failure('http/broken-answer', message, { result: { status: response.status, headers } });
  }
}

function readPlan(parameters: Readonly<Record<string, unknown>>): Plan {
  const read = new ParameterReader(httpRequest, parameters);
  const address = read.text('url');
  if (address === undefined || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw read.bad('url', 'must be a complete URL, such as https://example.org/path');
  }
  const { url, authorization } = splitCredentials(address);
  const method = (read.text('method') ?? 'GET').toUpperCase();
  if (!/^[A-Z]+$/.test(method)) throw read.bad('method', 'must be a word such as GET or POST');
  const headers = withAuthorization(read.textRecord('headers') ?? {}, authorization);
  const body = read.raw('body');
  if (read.has('body') && (method === 'GET' || method === 'HEAD'))
    throw read.bad('body', `is not possible with ${method}`);
  const expectStatus = read.integers('expectStatus') ?? null;
  if (!read.has('body')) return { request: { url, method, headers }, expectStatus };
  if (typeof body === 'string') return { request: { url, method, headers, body }, expectStatus };
  const jsonHeaders = hasHeader(headers, 'content-type') ? headers : { ...headers, 'content-type': 'application/json' };
  return { request: { url, method, headers: jsonHeaders, body: JSON.stringify(body) }, expectStatus };
}

const hasHeader = (headers: Readonly<Record<string, string>>, wanted: string): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === wanted);

/** A header that the task sets itself wins over the user name and password of its address. */
function withAuthorization(headers: Record<string, string>, authorization: string | null): Record<string, string> {
  return authorization === null || hasHeader(headers, 'authorization') ? headers : { ...headers, authorization };
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

function judge(plan: Plan, result: { status: number; [field: string]: unknown }): RunnerOutcome {
  const { status } = result;
  if (plan.expectStatus ? plan.expectStatus.includes(status) : status >= 200 && status <= 299) return success(result);
  const expected = plan.expectStatus?.join(' or ') ?? '200 to 299';
  return failure('http/status', `The server responded with ${status}; expected ${expected}.`, { result });
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
