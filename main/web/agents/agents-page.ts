import type { Context, Hono } from 'hono';
import type { AgentHttp, AgentHttpCaller } from '../../application/agent-side.ts';
import type { Application } from '../../application/application.ts';
import type { Connections } from '../connections.ts';
import type { OwnAddresses } from '../address/own-origins.ts';
import { RateLimit, remoteAddress } from '../rate-limit.ts';
import { refuse } from '../request-guard.ts';
import type { WebEnv } from '../web-app.ts';

export interface AgentsPageNeeds {
  readonly application: Application;
  readonly addresses: OwnAddresses;
  /** Serves MCP over HTTP. Asked for at the first call: most people connect no agent here. */
  readonly agents: () => Promise<AgentHttp>;
  readonly connections: Pick<Connections, 'keep'>;
}

/**
 * Serves agents at `/mcp`, by MCP's streamable HTTP. They send a token in the header `Authorization: Bearer …`: one for
 * agents, or one that can only look. A token with which a person signs in is refused, because with it an agent could
 * approve its own proposals.
 */
export function addAgents(app: Hono<WebEnv>, { application, addresses, agents, connections }: AgentsPageNeeds): void {
  const wrong = new RateLimit(application.clock, { burst: 10, perSecond: 1 / 6 });
  const calls = new RateLimit(application.clock, { burst: 200, perSecond: 50 });
  app.all('/mcp', async (c) => {
    const caller = await callerOf(c, application);
    if (caller === null) {
      if (!wrong.take(remoteAddress(c, addresses))) return tooMany(c, 'Too many attempts with a wrong token.');
      c.header('www-authenticate', 'Bearer');
      return refuse(c, 401, 'web/wrong-token', noToken);
    }
    if (caller === 'person') return refuse(c, 403, 'web/wrong-token', personsToken);
    if (!calls.take(caller.key)) return tooMany(c, 'Too many calls at once.');
    connections.keep(c.env.incoming.socket, caller.key);
    return (await agents()).fetch(c.req.raw, caller);
  });
}

const command = '`ncp-scheduler web create-token --name NAME --agent`';
const noToken = `Send a token as "Authorization: Bearer TOKEN". ${command} creates one.`;
const personsToken = `This token signs in a person, who can approve what agents propose. Agents need a token of their own: ${command} creates one.`;

const tooMany = (c: Context<WebEnv>, what: string): Response =>
  refuse(c, 429, 'web/too-many-attempts', `${what} Try again in a minute.`);

/** Returns who sent the request; null for no or a wrong token, `person` for a token that opens the window. */
async function callerOf(c: Context<WebEnv>, application: Application): Promise<AgentHttpCaller | 'person' | null> {
  const [, secret] = /^Bearer ([\w-]{1,200})$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (secret === undefined) return null;
  const tokens = await application.webTokens();
  const token = tokens.find(secret);
  if (token === null) return null;
  const { name, readOnly, agent, hash } = token;
  if (agent !== true && !readOnly) return 'person';
  return { key: hash, name, readOnly, isValid: () => tokens.isValid(token) };
}
