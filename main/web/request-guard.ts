import type { Context, MiddlewareHandler } from 'hono';
import { SchedulerError } from '../domain/errors.ts';
import { failureEnvelope } from '../ipc/envelope.ts';
import { ownOrigins, type OwnAddresses } from './address/own-origins.ts';

/** Bodies that a page of another site cannot send without asking first, as forms can with theirs (Fetch, CORS protocol). */
const bodyTypes = /^application\/(?:json|octet-stream)(?:;|$)/;
/** What a page may be asked for by a link on another site. It holds no data. */
const isPage = (path: string): boolean =>
  !/^\/(?:call|events|downloads|upload|session|sign-in|sign-out|metrics|mcp)(?:\/|$)/.test(path);

/** Where agents call. They are no pages and say no origin; a token in a header, which no page can have, lets them in. */
const agentPath = '/mcp';

export type Status = 400 | 401 | 403 | 404 | 405 | 413 | 415 | 421 | 429 | 500;

/** Answers with an error, in the envelope of every call. */
export function refuse(c: Context, status: Status, code: `web/${string}`, message: string): Response {
  return c.json(failureEnvelope(new SchedulerError(code, message)), status);
}

/**
 * Refuses requests that no page of this server can have sent: under a foreign name (DNS rebinding), from another site
 * (forms, scripts, frames), or with another method or body.
 */
export function requestGuard(addresses: OwnAddresses): MiddlewareHandler {
  return async (c, next) => {
    const origins = ownOrigins(c.req.header('host'), addresses);
    if (origins === null) {
      return refuse(c, 421, 'web/wrong-host', 'This server does not have the name in the Host header of the request.');
    }
    const { method, path } = c.req;
    const isOfAgent = path === agentPath;
    if (method !== 'GET' && method !== 'POST' && !(isOfAgent && method === 'DELETE'))
      return refuse(
        c,
        405,
        'web/wrong-method',
        isOfAgent ? 'Only GET, POST and DELETE exist here.' : 'Only GET and POST exist here.',
      );
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isOwn = origin === undefined ? method === 'GET' || isOfAgent : origins.includes(origin);
    const isSameSite = site === undefined || site === 'same-origin' || site === 'none';
    if (!isOwn || (!isSameSite && !isPage(path))) {
      return refuse(
        c,
        403,
        'web/wrong-origin',
        'The request comes from a page of another site, which may not call here.',
      );
    }
    if (method === 'POST' && !bodyTypes.test(c.req.header('content-type') ?? '')) {
      return refuse(c, 415, 'web/wrong-type', 'The body must be JSON.');
    }
    return next();
  };
}
