import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { InvalidGrantError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import type { OAuthServerProvider } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import express from 'express';
import { onTestFinished } from 'vitest';

type Client = Parameters<OAuthServerProvider['authorize']>[0];
type Tokens = Awaited<ReturnType<OAuthServerProvider['exchangeAuthorizationCode']>>;

/** A real service: the SDK's own OAuth server, and an MCP server with one tool that wants its tokens. */
export interface OAuthServer {
  /** The address of the MCP server. */
  readonly address: string;
  /** Life of the next access tokens, in seconds. */
  expiresIn: number;
  /** The person at the page refuses. */
  refuses: boolean;
  /** How often a refresh token was used. */
  renewals: number;
  /** How many clients have registered. */
  registrations: number;
  /** The access tokens that were shown to the MCP server, in order. */
  readonly shown: string[];
  /** Returns an access token that the MCP server accepts. */
  issue(): string;
  /** Makes every access token invalid. */
  endAccess(): void;
  /** Makes every refresh token invalid. */
  endSignIns(): void;
  /** The tokens that clients gave back. */
  readonly revoked: string[];
}

/** Each refresh token works once, as OAuth 2.1 wants it: who uses one twice has lost the sign-in. */
class Service implements OAuthServerProvider {
  readonly #clients = new Map<string, Client>();
  readonly #codes = new Map<string, { readonly challenge: string; readonly clientId: string }>();
  readonly access = new Set<string>();
  readonly refresh = new Set<string>();
  readonly state: OAuthServer;

  constructor(state: OAuthServer) {
    this.state = state;
  }

  readonly clientsStore = {
    getClient: (id: string) => this.#clients.get(id),
    registerClient: (given: Omit<Client, 'client_id' | 'client_id_issued_at'>) => {
      this.state.registrations += 1;
      const client = { ...given, client_id: randomUUID() } as Client;
      this.#clients.set(client.client_id, client);
      return client;
    },
  };

  authorize: OAuthServerProvider['authorize'] = async (client, params, response) => {
    const target = new URL(params.redirectUri);
    if (params.state !== undefined) target.searchParams.set('state', params.state);
    if (this.state.refuses) {
      target.searchParams.set('error', 'access_denied');
      target.searchParams.set('error_description', 'Ada said no');
    } else {
      const code = randomUUID();
      this.#codes.set(code, { challenge: params.codeChallenge, clientId: client.client_id });
      target.searchParams.set('code', code);
    }
    response.redirect(target.href);
  };

  async challengeForAuthorizationCode(_client: Client, code: string): Promise<string> {
    const known = this.#codes.get(code);
    if (known === undefined) throw new InvalidGrantError('unknown code');
    return known.challenge;
  }

  async exchangeAuthorizationCode(client: Client, code: string): Promise<Tokens> {
    if (this.#codes.get(code)?.clientId !== client.client_id) throw new InvalidGrantError('not your code');
    this.#codes.delete(code);
    return this.issue();
  }

  async exchangeRefreshToken(_client: Client, token: string): Promise<Tokens> {
    this.state.renewals += 1;
    if (!this.refresh.delete(token)) throw new InvalidGrantError('the refresh token was used or has ended');
    return this.issue();
  }

  async verifyAccessToken(token: string) {
    if (!this.access.has(token)) throw new InvalidGrantError('unknown token');
    return { token, clientId: 'any', scopes: [] };
  }

  async revokeToken(_client: Client, { token }: { token: string }): Promise<void> {
    this.state.revoked.push(token);
    this.refresh.delete(token);
  }

  issue(): Tokens {
    const [access, refresh] = [`access-${randomUUID()}`, `refresh-${randomUUID()}`];
    this.access.add(access);
    this.refresh.add(refresh);
    return { access_token: access, refresh_token: refresh, token_type: 'bearer', expires_in: this.state.expiresIn };
  }
}

/** Starts the service on 127.0.0.1 until the test ends. */
export async function oauthServer(): Promise<OAuthServer> {
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => void server.once('listening', resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = `${origin}/mcp`;
  const none = {
    issue: () => service.issue().access_token,
    endAccess: () => service.access.clear(),
    endSignIns: () => service.refresh.clear(),
  };
  const counts = { expiresIn: 3600, refuses: false, renewals: 0, registrations: 0 };
  const state: OAuthServer = { address, ...counts, ...none, shown: [], revoked: [] };
  const service = new Service(state);
  const unlimited = { rateLimit: false } as const;
  app.use(
    mcpAuthRouter({
      provider: service,
      issuerUrl: new URL(origin),
      resourceServerUrl: new URL(address),
      authorizationOptions: unlimited,
      clientRegistrationOptions: unlimited,
      tokenOptions: unlimited,
      revocationOptions: unlimited,
    }),
  );
  const place = `${origin}/.well-known/oauth-protected-resource/mcp`;
  app.all('/mcp', express.json(), (request, response) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) state.shown.push(token);
    if (token === undefined || !service.access.has(token)) {
      response.status(401).set('www-authenticate', `Bearer resource_metadata="${place}"`).end();
      return;
    }
    if (request.method !== 'POST') return void response.status(405).end();
    const answer = answerTo(request.body as Request);
    if (answer === null) response.status(202).end();
    else response.json({ jsonrpc: '2.0', id: (request.body as Request).id, result: answer });
  });
  return state;
}

interface Request {
  readonly id?: number;
  readonly method: string;
  readonly params?: { readonly protocolVersion?: string; readonly arguments?: { readonly text?: string } };
}

/** An MCP server with the tool `echo`. */
function answerTo({ id, method, params }: Request): object | null {
  if (id === undefined) return null;
  if (method === 'initialize')
    return {
      protocolVersion: params?.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'service', version: '1' },
    };
  if (method === 'tools/list') return { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] };
  if (method === 'tools/call') return { content: [{ type: 'text', text: `echo ${params?.arguments?.text ?? ''}` }] };
  return {};
}

/** Opens the page of a sign-in as a browser does, and follows it back. Returns the last page. */
export async function visit(page: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(page);
  return { status: response.status, text: await response.text() };
}
