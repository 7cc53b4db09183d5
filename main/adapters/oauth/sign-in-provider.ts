import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client';
import { SchedulerError } from '../../domain/errors.ts';
import type { SignInServer } from '../../ports/sign-in.ts';

export type ClientInformation = StoredOAuthClientInformation;
export type IssuedTokens = Pick<StoredOAuthTokens, 'access_token' | 'refresh_token' | 'expires_in'>;

/** Holds one sign-in for the SDK, from registration to tokens. Stores nothing on disk. */
export class SignInProvider implements OAuthClientProvider {
  readonly #server: SignInServer;
  readonly #back: { readonly address: string; readonly state: string };
  #client: ClientInformation | undefined;
  #verifier: string | null = null;
  #discovery: OAuthDiscoveryState | undefined;
  #tokens: StoredOAuthTokens | undefined;
  #page: URL | null = null;

  constructor(server: SignInServer, back: { readonly address: string; readonly state: string }) {
    this.#server = server;
    this.#back = back;
    const { clientId, clientSecret } = server;
    if (clientId === undefined) return;
    this.#client = { client_id: clientId, ...(clientSecret === undefined ? {} : { client_secret: clientSecret }) };
  }

  get redirectUrl(): string {
    return this.#back.address;
  }

  get clientMetadata(): OAuthClientProvider['clientMetadata'] {
    const { scope } = this.#server;
    return {
      client_name: 'NCP Scheduler',
      redirect_uris: [this.#back.address],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(scope === undefined ? {} : { scope }),
    };
  }

  state(): string {
    return this.#back.state;
  }

  clientInformation(): ClientInformation | undefined {
    return this.#client;
  }

  saveClientInformation(client: ClientInformation): void {
    this.#client = client;
  }

  tokens(): StoredOAuthTokens | undefined {
    return this.#tokens;
  }

  saveTokens(tokens: StoredOAuthTokens): void {
    this.#tokens = tokens;
  }

  redirectToAuthorization(page: URL): void {
    this.#page = page;
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    if (this.#verifier === null) throw new Error('The sign-in has not begun.');
    return this.#verifier;
  }

  saveDiscoveryState(discovery: OAuthDiscoveryState): void {
    this.#discovery = discovery;
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.#discovery;
  }

  /** Returns the page on which the person signs in. A server names it, so its kind is checked before it is opened. */
  page(): string {
    const page = this.#page;
    const isLocal = page !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(page.hostname);
    if (page !== null && (page.protocol === 'https:' || (page.protocol === 'http:' && isLocal))) return page.href;
    const message = `The page to sign in is not safe to open: ${page?.href ?? 'the server named none'}. It must begin with https://.`;
    throw new SchedulerError('mcp/no-sign-in', message, { address: this.#server.address });
  }

  /** Returns what to keep of a sign-in that succeeded. */
  result(): {
    readonly tokens: IssuedTokens;
    readonly client: ClientInformation;
    readonly discovery: OAuthDiscoveryState;
  } {
    const [tokens, client, discovery] = [this.#tokens, this.#client, this.#discovery];
    if (tokens && client && discovery) return { tokens, client, discovery };
    throw new Error('The sign-in is not complete.');
  }
}
