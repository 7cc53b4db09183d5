import { formatDuration } from '../../../contract/durations.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { retryAfterMs } from '../../../domain/policy/retry-after.ts';
import { taskPath } from '../../task-path.ts';
import { Network } from '../network/network.ts';
import { networkReason } from '../network/network-reason.ts';
import { readBody, saveBody } from './body.ts';
import type { ReceivedBody } from './body.ts';
import { FileDownload, NotSavedError } from './file-download.ts';
import { fits, readPlan } from './plan.ts';
import type { HttpPlan } from './plan.ts';
import { fetchFollowing, RedirectError } from './redirects.ts';
import type { Arrival, HttpRequest } from './redirects.ts';
import { cancelled, failure, success } from '../runner.ts';
import type { RunnerContext, RunnerOutcome } from '../runner.ts';

type Headers = Record<string, string>;

/**
 * Runs `http:request`: `url`, `method` (default GET), `headers`, `body` (a text; anything else is sent as JSON),
 * `expectStatus` (one status or a list; default 200 to 299). A user name and password in the URL are sent as Basic
 * authentication. Follows redirects as `fetchFollowing` describes (`redirect`, default `follow`). `proxy`, `caFile` and
 * `insecure` say how the server is reached (`Network`). The result is the status, the headers, the first 64 KiB of the
 * body, or the file that has it (`saveTo`), and, after redirects, the address that answered (`url`). Node aborts when a
 * server sends nothing for five minutes.
 */
export async function runHttp(context: RunnerContext): Promise<RunnerOutcome> {
  const { spec, log, signal } = context;
  const plan = readPlan(spec.parameters);
  const { method, url } = plan.request;
  log.sys(`${method} ${url}`);
  const path = plan.saveTo;
  const download = path === undefined ? null : new FileDownload(taskPath(spec, path), spec.executionId);
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
    return await received(context, { plan, arrival, download, reasonOf });
  } catch (error) {
    if (signal.aborted) return cancelled('waiting for the response');
    if (error instanceof RedirectError || error instanceof SchedulerError) return failure(error.code, error.message);
    return failure('http/no-answer', `${method} ${latest} received no response: ${reasonOf(error)}`);
  } finally {
    await network.close();
  }
}

const trust = 'save its certificate to a file and set "caFile" to it; "insecure": true turns the check off';

interface Receipt {
  readonly plan: HttpPlan;
  readonly arrival: Arrival;
  readonly download: FileDownload | null;
  readonly reasonOf: (error: unknown) => string;
}

async function received(
  context: RunnerContext,
  { plan, arrival, download, reasonOf }: Receipt,
): Promise<RunnerOutcome> {
  const { log, signal } = context;
  const { response, url } = arrival;
  const redirected = url === plan.request.url ? {} : { url };
  if (url !== plan.request.url) log.sys(`The response is from ${url}`);
  const headers = Object.fromEntries(response.headers);
  log.write('out', Buffer.from(head(response, headers)));
  const known = { status: response.status, ...redirected, headers };
  try {
    const body = await bodyOf(context, response, fits(plan, response.status) ? download : null);
    return judge(plan, { ...known, ...body });
  } catch (error) {
    if (signal.aborted) return cancelled('reading the response');
    if (error instanceof NotSavedError) return failure('http/not-saved', error.message, { result: known });
    if (error instanceof SchedulerError) return failure(error.code, error.message, { result: known });
    return failure('http/broken-answer', `The response was cut off: ${reasonOf(error)}`, { result: known });
  }
}

/** An answer that is no success is logged as usual: an error page must not replace the file. */
async function bodyOf(
  { log, output, examine }: RunnerContext,
  response: Response,
  download: FileDownload | null,
): Promise<ReceivedBody> {
  const onRemark = (sentence: string): void => log.sys(sentence);
  if (download === null) {
    const body = await readBody(response, { onText: (chunk) => output('out', chunk), onRemark });
    log.endOf('out');
    return body;
  }
  const body = await saveBody(response, download, { onText: (chunk) => examine('out', chunk), onRemark });
  log.sys(`Saved ${body.bodyBytes} bytes to ${download.path}`);
  return body;
}

/** Returns the response head. Cookies are as sensitive as passwords, so it lists their names but not their values. */
function head(response: Response, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${name}: ${name === 'set-cookie' ? '(hidden)' : value}`,
  );
  if ('set-cookie' in headers) headers['set-cookie'] = '(hidden)';
  return [`${response.status} ${response.statusText}`.trimEnd(), ...lines, '', ''].join('\n');
}

function judge(plan: HttpPlan, result: { status: number; headers: Headers; [field: string]: unknown }): RunnerOutcome {
  const { status, headers } = result;
  if (fits(plan, status)) return success(result);
  const expected = plan.expectStatus?.join(' or ') ?? '200 to 299';
  const location =
    plan.redirect === 'none' && status >= 300 && status <= 399 ? headers['location']?.split(/[?#]/, 1)[0] : undefined;
  const redirect =
    location === undefined ? '' : ` It redirects to ${location}, which "redirect": "none" does not follow.`;
  const askedMs = retryAfterMs(headers, Date.now());
  const wait =
    askedMs === null
      ? ''
      : ` It asks to wait ${formatDuration(askedMs)} (Retry-After): a retry waits that long, up to the longest delay of its policy.`;
  const message = `The server responded with ${status}; expected ${expected}.${redirect}${wait}`;
  return failure('http/status', message, { result: askedMs === null ? result : { ...result, retryAfterMs: askedMs } });
}
