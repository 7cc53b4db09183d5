import type { Context, Hono } from 'hono';
import type { Application } from '../application/application.ts';
import type { OwnAddresses } from './address/own-origins.ts';
import { RateLimit, remoteAddress } from './rate-limit.ts';
import { refuse } from './request-guard.ts';
import type { WebEnv } from './web-app.ts';

export interface MetricsPageNeeds {
  readonly application: Application;
  readonly addresses: OwnAddresses;
}

/** Prometheus' text format. */
const type = 'text/plain; version=0.0.4; charset=utf-8';

const create = '`ncp-scheduler web create-token --name prometheus --read-only` creates one.';
const noToken = `Send a token as "Authorization: Bearer TOKEN". ${create}`;
const agentsToken = `This token is for an agent, which reads at /mcp what its permission allows. Send another one: ${create}`;
const tooMany = 'Too many attempts with a wrong token. Try again in a minute.';

/**
 * Answers Prometheus at `/metrics`. It sends a token in the header `Authorization: Bearer …`, for which one that can only
 * look is enough, but not one for an agent; a signed-in browser needs none.
 * @param isSignedIn whether the request comes from a signed-in browser
 */
export function addMetrics(
  app: Hono<WebEnv>,
  { application, addresses }: MetricsPageNeeds,
  isSignedIn: (c: Context<WebEnv>) => boolean,
): void {
  const wrong = new RateLimit(application.clock, { burst: 10, perSecond: 1 / 6 });
  app.get('/metrics', async (c) => {
    if (!isSignedIn(c)) {
      const [, secret] = /^Bearer ([\w-]{1,200})$/i.exec(c.req.header('authorization') ?? '') ?? [];
      const token = secret === undefined ? null : (await application.webTokens()).find(secret);
      if (token === null) {
        if (!wrong.take(remoteAddress(c, addresses))) return refuse(c, 429, 'web/too-many-attempts', tooMany);
        c.header('www-authenticate', 'Bearer');
        return refuse(c, 401, 'web/wrong-token', noToken);
      }
      if (token.agent === true) return refuse(c, 403, 'web/wrong-token', agentsToken);
    }
    return c.body(await (await application.metrics()).shared(), 200, { 'content-type': type });
  });
}
