import { promisify } from 'node:util';
import { constants, gzip as gzipWithCallback } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie, deleteCookie } from 'hono/cookie';
import { z } from 'zod';
import type { AgentHttp } from '../application/agent-side.ts';
import type { Application } from '../application/application.ts';
import { callEffects } from '../contract/call-effects.ts';
import { ipcCalls, type IpcCall } from '../contract/ipc.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import { answerCall } from '../ipc/answer.ts';
import { failureEnvelope } from '../ipc/envelope.ts';
import type { Connections } from './connections.ts';
import type { OwnAddresses } from './address/own-origins.ts';
import { addAgents } from './agents/agents-page.ts';
import { addMetrics } from './metrics-page.ts';
import { safeHeaders } from './page-policy.ts';
import type { Page } from './pages.ts';
import { RateLimit, remoteAddress } from './rate-limit.ts';
import { refuse, requestGuard } from './request-guard.ts';
import type { Session, Sessions } from './sessions.ts';
import { keepUpload, mostUploadBytes } from './uploads.ts';
import type { WebWindows } from './web-windows.ts';

/** The longest input of a call: one change of 20,000 tasks. */
const mostCallBytes = 2 * 1024 * 1024;
const mostSignInBytes = 1024;
/** Shorter answers, in characters, are not worth the time. */
const leastCompressed = 16 * 1024;
const jsonType = 'application/json';
const gzip = promisify(gzipWithCallback);
/** A browser keeps the cookie this long, in seconds; the session may end before. */
const cookieSeconds = 30 * 24 * 60 * 60;
const windowId = z.string().regex(/^[\w-]{8,64}$/);
const signInSchema = z.object({ token: z.string().max(200) });

export interface WebAppNeeds {
  readonly application: Application;
  readonly sessions: Sessions;
  readonly windows: WebWindows;
  readonly pages: ReadonlyMap<string, Page>;
  readonly addresses: OwnAddresses;
  readonly agents: () => Promise<AgentHttp>;
  readonly connections: Pick<Connections, 'keep'>;
  /** Differs between the servers of one machine, which share the cookies of a browser: cookies do not know ports. */
  readonly cookieName: string;
  readonly report: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

export interface WebEnv {
  Bindings: HttpBindings;
  Variables: { session: Session };
}

/** Returns the window over HTTP: its files, the sign-in, one address per call, and events. */
export function webApp(needs: WebAppNeeds): Hono<WebEnv> {
  const { windows, addresses, report, sessions } = needs;
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(safeHeaders)) c.res.headers.set(name, value);
    if (isEncrypted(needs)) c.res.headers.set('strict-transport-security', 'max-age=31536000');
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  });
  app.use(requestGuard(addresses));
  addSignIn(app, needs);
  const signedIn = signedInOnly(needs);
  addCalls(app, needs, signedIn);
  app.get('/events', signedIn, (c) => {
    const window = windowId.safeParse(c.req.query('window'));
    if (!window.success) return wrongWindow(c);
    const stream = windows.open(c.get('session'), window.data);
    // A proxy must pass on each event at once.
    return c.body(stream.body, 200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  });
  addFiles(app, needs, signedIn);
  addMetrics(app, needs, (c) => sessions.find(getCookie(c, cookieNameOf(needs))) !== null);
  addAgents(app, needs);
  app.get('*', (c) => servePage(c, needs.pages));
  app.notFound((c) => refuse(c, 404, 'web/no-page', 'There is nothing at this address.'));
  app.onError((problem, c) => {
    if (problem instanceof SchedulerError && problem.code === 'web/too-many-windows') {
      return c.json(failureEnvelope(problem), 429);
    }
    report('A request failed', { path: c.req.path, problem: messageOf(problem) });
    return c.json(failureEnvelope(problem), 500);
  });
  return app;
}

const isEncrypted = ({ addresses }: WebAppNeeds): boolean =>
  addresses.certificate !== null || addresses.proxy?.protocol === 'https:';

function addSignIn(app: Hono<WebEnv>, needs: WebAppNeeds): void {
  const { sessions, windows, application, addresses } = needs;
  const attempts = new RateLimit(application.clock, { burst: 10, perSecond: 1 / 6 });
  const secure = isEncrypted(needs);
  const name = cookieNameOf(needs);
  app.post('/sign-in', limited(mostSignInBytes), async (c) => {
    if (!attempts.take(remoteAddress(c, addresses))) {
      return refuse(c, 429, 'web/too-many-attempts', 'Too many attempts to sign in. Try again in a minute.');
    }
    const input = signInSchema.safeParse(await c.req.json().catch(() => null));
    const found = input.success ? sessions.signIn(input.data.token) : null;
    if (found === null) {
      const message =
        'This token is wrong, was used already, has expired or was revoked. `ncp-scheduler web create-token --name NAME` creates a new one.';
      return refuse(c, 401, 'web/wrong-token', message);
    }
    setCookie(c, name, found.cookie, { httpOnly: true, sameSite: 'Strict', secure, path: '/', maxAge: cookieSeconds });
    return c.json({ ok: true, value: { readOnly: found.session.readOnly } });
  });
  app.get('/session', signedInOnly(needs), (c) => c.json({ ok: true, value: { readOnly: c.get('session').readOnly } }));
  app.post('/sign-out', limited(mostSignInBytes), signedInOnly(needs), async (c) => {
    sessions.end(c.get('session'));
    await windows.closeOf(c.get('session'));
    deleteCookie(c, name, { path: '/', secure });
    return c.json({ ok: true, value: {} });
  });
}

function signedInOnly(needs: WebAppNeeds): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = needs.sessions.find(getCookie(c, cookieNameOf(needs)));
    if (session === null) return refuse(c, 401, 'web/signed-out', 'Sign in first: this browser is not signed in.');
    c.set('session', session);
    needs.connections.keep(c.env.incoming.socket, session.id);
    return next();
  };
}

/** With encryption, the prefix keeps other hosts and unencrypted pages from setting the cookie (RFC 6265bis, 4.1.3.2). */
const cookieNameOf = (needs: WebAppNeeds): string =>
  isEncrypted(needs) ? `__Host-${needs.cookieName}` : needs.cookieName;

function addCalls(app: Hono<WebEnv>, needs: WebAppNeeds, signedIn: MiddlewareHandler<WebEnv>): void {
  const { application, sessions, windows, report } = needs;
  const rate = new RateLimit(application.clock, { burst: 400, perSecond: 100 });
  app.post('/call/:name', signedIn, limited(mostCallBytes), async (c) => {
    const name = c.req.param('name');
    const window = windowId.safeParse(c.req.header('x-window'));
    if (!isCall(name)) return refuse(c, 404, 'web/no-call', `There is no call "${name}".`);
    if (!window.success) return wrongWindow(c);
    const session = c.get('session');
    if (!rate.take(session.id))
      return refuse(c, 429, 'web/too-many-calls', 'Too many calls at once. Try again in a moment.');
    sessions.touch(session);
    const effect = callEffects[name];
    if (session.readOnly && effect !== 'reads') {
      return refuse(c, 403, 'web/read-only', 'This sign-in can only look. Sign in with a token that may change tasks.');
    }
    const input: unknown = await c.req.json().catch(() => undefined);
    const { handlers } = windows.of(session, window.data);
    const answer = await answerCall(handlers, name, input, (call, problem) => {
      // The window shows its person why something is refused; anything else is a fault of this program.
      if (!(problem instanceof SchedulerError)) report(`${call} failed`, { problem: messageOf(problem) });
    });
    if (answer.ok && effect === 'acts') (await application.webTokens()).record(session.author, name, taskIdOf(input));
    return jsonOf(c, answer);
  });
}

/**
 * Answers with JSON, compressed if it is long: the tasks of a large store are megabytes. Only pages of this server can
 * ask with a sign-in (the cookie is SameSite=Strict), so no other site can guess a secret from the lengths of answers.
 */
async function jsonOf(c: Context<WebEnv>, value: unknown): Promise<Response> {
  const json = JSON.stringify(value);
  if (json.length < leastCompressed || !takesGzip(c)) return c.body(json, 200, { 'content-type': jsonType });
  const compressed = await gzip(json, { level: constants.Z_BEST_SPEED });
  return c.body(new Uint8Array(compressed), 200, {
    ...{ 'content-type': jsonType, 'content-encoding': 'gzip', vary: 'accept-encoding' },
  });
}

const takesGzip = (c: Context<WebEnv>): boolean => /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');

function addFiles(app: Hono<WebEnv>, { windows }: WebAppNeeds, signedIn: MiddlewareHandler<WebEnv>): void {
  app.post('/upload', signedIn, limited(mostUploadBytes), async (c) => {
    const window = windowId.safeParse(c.req.header('x-window'));
    if (!window.success) return wrongWindow(c);
    if (c.get('session').readOnly) return refuse(c, 403, 'web/read-only', 'This sign-in can only look.');
    const path = keepUpload(c.req.query('name') ?? '', new Uint8Array(await c.req.arrayBuffer()));
    windows.of(c.get('session'), window.data).take(path);
    return c.json({ ok: true, value: {} });
  });
  app.get('/downloads/:id', signedIn, (c) => {
    const window = windowId.safeParse(c.req.query('window'));
    const file = window.success ? windows.of(c.get('session'), window.data).download(c.req.param('id')) : null;
    if (file === null) return refuse(c, 404, 'web/no-download', 'This download is gone. Ask for it again.');
    return c.body(new Uint8Array(file.content), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
  });
}

function servePage(c: Context<WebEnv>, pages: ReadonlyMap<string, Page>): Response | Promise<Response> {
  const page = pages.get(c.req.path);
  if (page === undefined) return c.notFound();
  const compressed = takesGzip(c) ? page.gzip : null;
  return c.body(compressed ?? page.whole, 200, {
    'content-type': page.type,
    'cache-control': page.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    ...(compressed !== null && { 'content-encoding': 'gzip' }),
  });
}

const limited = (maxSize: number): MiddlewareHandler<WebEnv> =>
  bodyLimit({
    maxSize,
    onError: (c) => refuse(c, 413, 'web/too-large', `The body is larger than ${maxSize} bytes.`),
  });

const isCall = (name: string): name is IpcCall => Object.hasOwn(ipcCalls, name);

const wrongWindow = (c: Context<WebEnv>): Response =>
  refuse(c, 400, 'web/no-window', 'The request does not name its window with 8 to 64 letters and digits.');

function taskIdOf(input: unknown): string | null {
  const named = z.object({ taskId: z.string() }).safeParse(input);
  return named.success ? named.data.taskId : null;
}
