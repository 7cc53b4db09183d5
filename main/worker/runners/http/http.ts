import { SchedulerError } from '../../../domain/errors.ts';
import { taskPath } from '../../task-path.ts';
import { Network } from '../network/network.ts';
import { networkReason } from '../network/network-reason.ts';
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
 * authentication. Follows redirects as `fetchFollowing` describes (`redirect`, default `follow`). `proxy`, `caFile` and
 * `insecure` say how the server is reached (`Network`). The result is the status, the headers, the first 64 KiB of the
 * body and, after redirects, the address that answered (`url`). Node aborts when a server sends nothing for five minutes.
 */
export async function runHttp(context: RunnerContext): Promise<RunnerOutcome> {
  const { spec, log, signal } = context;
  const plan = readPlan(spec.parameters);
  const { method, url } = plan.request;
  log.sys(`${method} ${url}`);
  const network = new Network({
    env: spec.env,
    proxy: plan.proxy,
    caFile: plan.caFile === undefined ? undefined : taskPath(spec, plan.caFile),
    insecure: plan.insecure,
    onRemark: (sentence) => log.sys(sentence),
  });
  let latest = url;
  const send = ({ url: address, ...init }: HttpRequest): Promise<Response> => {
    latest = address;
    return network.fetch(address, { ...init, signal, redirect: 'manual' });
  };
  const reasonOf = (error: unknown): string => networkReason(error, { url: latest, proxy: network.proxy, trust });
  try {
    const arrival = await fetchFollowing(plan.request, { mode: plan.redirect, send, onStep: (step) => log.sys(step) });
    return await received(context, plan, arrival, reasonOf);
  } catch (error) {
    if (signal.aborted) return cancelled('waiting for the response');
    if (error instanceof RedirectError || error instanceof SchedulerError) return failure(error.code, error.message);
    return failure('http/no-answer', `${method} ${latest} received no response: ${reasonOf(error)}`);
  } finally {
    await network.close();
  }
}

const trust = 'save its certificate to a file and set "caFile" to it; "insecure": true turns the check off';

async function received(
  { log, output, signal }: RunnerContext,
  plan: HttpPlan,
  { response, url }: Arrival,
  reasonOf: (error: unknown) => string,
): Promise<RunnerOutcome> {
  const redirected = url === plan.request.url ? {} : { url };
  if (url !== plan.request.url) log.sys(`The response is from ${url}`);
  const headers = Object.fromEntries(response.headers);
  log.write('out', Buffer.from(head(response, headers)));
  try {
    const body = await readBody(response, (chunk) => output('out', chunk));
    log.endOf('out');
    return judge(plan, { status: response.status, ...redirected, headers, ...body });
  } catch (error) {
    if (signal.aborted) return cancelled('reading the response');
    const message = `The response was cut off: ${reasonOf(error)}`;
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
