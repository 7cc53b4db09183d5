import type { RedirectMode } from '../../../contract/built-in/http-request.ts';

/** The limit of the Fetch standard, https://fetch.spec.whatwg.org/#http-redirect-fetch. */
const MOST_REDIRECTS = 20;

/** A redirect that is not followed. */
export class RedirectError extends Error {
  readonly code: 'http/redirect-changes-method' | 'http/redirect-refused' | 'http/too-many-redirects';

  constructor(code: RedirectError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Headers that say nothing about the person or the task. Every other header may hold a key under any name, so none of
 * them goes to another origin. Fetch itself drops only `Authorization` and `Cookie` (nodejs/undici#4917).
 */
const harmless = new Set(['accept', 'accept-language', 'user-agent']);

/** The headers that describe a body (Fetch, "request-body-header name"). */
const ofBody = new Set(['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']);

export interface Following {
  readonly mode: RedirectMode;
  /** Sends one request and follows nothing. */
  readonly send: (request: HttpRequest) => Promise<Response>;
  /** Receives a sentence for each redirect that is followed. */
  readonly onStep: (sentence: string) => void;
}

/** The last response, and the address that it came from. */
export interface Arrival {
  readonly response: Response;
  readonly url: string;
}

/**
 * Sends a request and follows its redirects, at most 20. By the Fetch standard, 303 continues with GET, 301 and 302 turn
 * POST into GET, and 307 and 308 repeat method and body. With the mode `follow`, a redirect by which the body would be
 * lost, or by which 301 or 302 turn POST into GET, is refused: the server would get another request than the task
 * describes, and its answer would pass for success. 303 without a body is followed, because it says that the request was
 * processed (RFC 9110, 15.4.4). To another origin (scheme, host or port) go only the headers Accept, Accept-Language and
 * User-Agent, also if a later redirect leads back.
 * @throws RedirectError `http/redirect-changes-method`; `http/redirect-refused` if a redirect leads from https to http,
 * would send a body to another origin, or has an unusable address; `http/too-many-redirects`
 */
export async function fetchFollowing(first: HttpRequest, { mode, send, onStep }: Following): Promise<Arrival> {
  let request = first;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(request);
    const location = response.headers.get('location');
    if (mode === 'none' || !isRedirect(response.status) || location === null) return { response, url: request.url };
    await response.body?.cancel();
    if (redirects === MOST_REDIRECTS) {
      throw new RedirectError(
        'http/too-many-redirects',
        `The server redirected more than ${MOST_REDIRECTS} times, last to ${originOf(request.url)}. Set "url" to the final address.`,
      );
    }
    const next = redirected(request, response.status, location, mode);
    onStep(stepText(request, next, response.status));
    request = next;
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
const originOf = (url: string): string => new URL(url).origin;

/** Returns the request that follows a redirect. @throws RedirectError */
function redirected(request: HttpRequest, status: number, location: string, mode: RedirectMode): HttpRequest {
  const url = targetOf(request.url, status, location);
  const changesMethod =
    (status === 303 && request.method !== 'GET' && request.method !== 'HEAD') ||
    (status <= 302 && request.method === 'POST');
  const { body, ...rest } = request;
  const losesTheRequest = changesMethod && (body !== undefined || status !== 303);
  if (losesTheRequest && mode !== 'follow-as-get') throw changedMethod(request, status, url);
  const repeated = changesMethod ? { ...rest, method: 'GET', headers: without(ofBody, request.headers) } : request;
  if (originOf(url) === originOf(request.url)) return { ...repeated, url };
  if (!changesMethod && body !== undefined) {
    throw refusal(
      `The server at ${originOf(request.url)} redirected with ${status} to ${originOf(url)}, another origin. The body was not sent there, because it may hold secrets. If you trust the other server, set "url" to its address.`,
    );
  }
  const headers = Object.fromEntries(
    Object.entries(repeated.headers).filter(([name]) => harmless.has(name.toLowerCase())),
  );
  return { ...repeated, url, headers };
}

function changedMethod({ url: from, method, body }: HttpRequest, status: number, url: string): RedirectError {
  const { origin, pathname } = new URL(url);
  const without = body === undefined ? '' : ' without its body';
  return new RedirectError(
    'http/redirect-changes-method',
    `The server at ${originOf(from)} redirected ${method} with ${status} to ${origin}${pathname}. Following it would turn ${method} into GET${without}, so it was not followed. If that is the right address, set "url" to it; if GET is what you want, set "redirect" to "follow-as-get".`,
  );
}

function targetOf(from: string, status: number, location: string): string {
  if (!URL.canParse(location, from)) {
    throw refusal(`The server at ${originOf(from)} redirected with ${status} to an address that is not a URL.`);
  }
  const target = new URL(location, from);
  const where = `The server at ${originOf(from)} redirected with ${status} to`;
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw refusal(`${where} an address of the kind "${target.protocol}"; only http and https can be followed.`);
  if (target.username !== '' || target.password !== '')
    throw refusal(`${where} ${target.origin} with a user name or password in the address, which is not followed.`);
  if (new URL(from).protocol === 'https:' && target.protocol === 'http:')
    throw refusal(`${where} ${target.origin}, from https to http. This is not followed, because others can read http.`);
  return target.href;
}

function without(names: ReadonlySet<string>, headers: HttpRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())));
}

function stepText(from: HttpRequest, to: HttpRequest, status: number): string {
  const left = Object.keys(from.headers).filter((name) => !(name in to.headers));
  const isOther = originOf(from.url) !== originOf(to.url);
  const dropped = left.length === 0 ? '' : ` without ${left.join(', ')}`;
  return `Redirected with ${status}: ${to.method} ${to.url}${dropped}${isOther ? ' (another origin)' : ''}`;
}

const refusal = (message: string): RedirectError => new RedirectError('http/redirect-refused', message);
