import { auth, extractWWWAuthenticateParams, refreshAuthorization } from '@modelcontextprotocol/client';
import type { FetchLike, OAuthDiscoveryState } from '@modelcontextprotocol/client';
import { SchedulerError } from '../../domain/errors.ts';
import type { BegunSignIn, Grant, SignInAccess, SignInServer } from '../../ports/sign-in.ts';
import { oauthFailure, refusal } from './oauth-failures.ts';
import { SignInProvider } from './sign-in-provider.ts';
import type { ClientInformation, IssuedTokens } from './sign-in-provider.ts';

/** What renews a grant. Stored as JSON. */
interface Renewal {
  readonly address: string;
  readonly client: ClientInformation;
  readonly discovery: OAuthDiscoveryState;
}

/** The network as the person's environment describes it. */
interface SignInNetwork {
  readonly fetch: typeof fetch;
  /** Returns why a request failed, with advice. */
  reason(error: unknown, url: string): string;
  close(): Promise<void>;
}

export interface OAuthClientOptions {
  readonly network: () => Promise<SignInNetwork>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Longest wait for one answer of the service, in ms. */
const requestMs = 20_000;

/**
 * Signs in by the authorization of the Model Context Protocol, with the official SDK: discovery, registration, PKCE.
 * @see https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization
 */
export function oauthClient({ network, now }: OAuthClientOptions): Pick<SignInAccess, 'begin' | 'renew' | 'revoke'> {
  const through = async <T>(address: string, use: (send: FetchLike) => Promise<T>): Promise<T> => {
    const open = await network();
    const send: FetchLike = (url, init) => open.fetch(url, { ...init, signal: AbortSignal.timeout(requestMs) });
    try {
      return await use(send);
    } catch (error) {
      throw oauthFailure(error, address, (problem) => open.reason(problem, address));
    } finally {
      await open.close();
    }
  };
  return {
    begin: (server, back) => through(server.address, (send) => begin(server, back, send, through, now)),
    renew: (grant) => through(renewalOf(grant).address, (send) => renew(grant, send, now)),
    revoke: async (grant) => {
      try {
        return await through(renewalOf(grant).address, (send) => revoke(grant, send));
      } catch (error) {
        if (error instanceof SchedulerError) return error.message;
        throw error;
      }
    },
  };
}

type Through = <T>(address: string, use: (send: FetchLike) => Promise<T>) => Promise<T>;

async function begin(
  server: SignInServer,
  back: { readonly address: string; readonly state: string },
  send: FetchLike,
  through: Through,
  now: () => number,
): Promise<BegunSignIn> {
  const { address } = server;
  const challenge = await challengeOf(address, send);
  const provider = new SignInProvider(server, back);
  const scope = server.scope ?? challenge.scope;
  const wanted = scope === undefined ? {} : { scope };
  await auth(provider, { serverUrl: address, fetchFn: send, ...wanted, ...challenge.place });
  return {
    address: provider.page(),
    finish: (answer) =>
      through(address, async (again) => {
        const code = answer.get('code');
        if (code === null) throw refusal(address, answer.get('error_description') ?? answer.get('error') ?? 'no code');
        const iss = answer.get('iss');
        const issuer = iss === null ? {} : { iss };
        await auth(provider, {
          serverUrl: address,
          fetchFn: again,
          authorizationCode: code,
          ...issuer,
          ...challenge.place,
        });
        const { tokens, ...renewal } = provider.result();
        return grantOf(tokens, { address, ...renewal } satisfies Renewal, null, now());
      }),
  };
}

/** Returns what the server says about its sign-in when it is called without one (RFC 9728, section 5.1). */
async function challengeOf(address: string, send: FetchLike) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const response = await send(address, { method: 'POST', headers, body });
  await response.body?.cancel();
  const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
  return { scope, place: resourceMetadataUrl === undefined ? {} : { resourceMetadataUrl } };
}

async function renew(grant: Grant, send: FetchLike, now: () => number): Promise<Grant> {
  const renewal = renewalOf(grant);
  const { address, client, discovery } = renewal;
  if (grant.refreshToken === null) throw refusal(address, 'it gave no token to renew the sign-in');
  const { authorizationServerMetadata: metadata, resourceMetadata } = discovery;
  const tokens = await refreshAuthorization(discovery.authorizationServerUrl, {
    clientInformation: client,
    refreshToken: grant.refreshToken,
    fetchFn: send,
    ...(metadata === undefined ? {} : { metadata }),
    ...(resourceMetadata === undefined ? {} : { resource: resourceMetadata.resource }),
  });
  return grantOf(tokens, renewal, grant.refreshToken, now());
}

/** Asks the service to forget a grant (RFC 7009), if it can. */
async function revoke(grant: Grant, send: FetchLike): Promise<string | null> {
  const { client, discovery } = renewalOf(grant);
  const endpoint = (discovery.authorizationServerMetadata as { revocation_endpoint?: string } | undefined)
    ?.revocation_endpoint;
  if (endpoint === undefined) return 'The service does not offer to end a sign-in.';
  const secret = client.client_secret === undefined ? {} : { client_secret: client.client_secret };
  const body = new URLSearchParams({
    token: grant.refreshToken ?? grant.accessToken,
    client_id: client.client_id,
    ...secret,
  });
  const response = await send(endpoint, { method: 'POST', body });
  await response.body?.cancel();
  return response.ok ? null : `The service answered with HTTP status ${response.status}.`;
}

function grantOf(tokens: IssuedTokens, renewal: Renewal, before: string | null, nowMs: number): Grant {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = tokens;
  return {
    accessToken,
    refreshToken: refreshToken ?? before,
    expiresAt: seconds === undefined ? null : new Date(nowMs + seconds * 1000).toISOString(),
    renewal,
  };
}

const renewalOf = (grant: Grant): Renewal => grant.renewal as Renewal;
