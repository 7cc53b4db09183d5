/** A server that wants a sign-in with OAuth, as it is configured. */
export interface SignInServer {
  /** The address of its endpoint, with all variables and secrets inserted. */
  readonly address: string;
  /** The client that a person registered with the service. Absent: this program registers itself (RFC 7591). */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Scopes to ask for, separated by spaces. Absent: those that the server names. */
  readonly scope?: string | undefined;
}

/** What a service has granted, and what is needed to renew it. All of it is secret. */
export interface Grant {
  readonly accessToken: string;
  /** Null if the service gives none: the sign-in then ends with the access token. */
  readonly refreshToken: string | null;
  /** ISO instant at which the access token ends; null if the service did not say. */
  readonly expiresAt: string | null;
  /** The client and the authorization server, as JSON. Only the adapter reads it. */
  readonly renewal: unknown;
}

/** A sign-in that waits for the person. */
export interface BegunSignIn {
  /** The page on which the person signs in: `https`, or on this machine. */
  readonly address: string;
  /**
   * Exchanges the answer of that page for a grant.
   * @throws SchedulerError `mcp/sign-in-refused` if the person or the service refused, `mcp/unreachable`
   */
  finish(answer: URLSearchParams): Promise<Grant>;
}

/** A place on this machine to which the browser returns. */
export interface ReturnPlace {
  readonly address: string;
  /** Receives each answer with this `state`, and nothing else. */
  onAnswer(state: string, listener: (answer: URLSearchParams) => void): void;
  close(): void;
}

/** Signs in to MCP servers, by the authorization of the protocol. */
export interface SignInAccess {
  /**
   * Asks the server where to sign in, and registers this program there.
   * @throws SchedulerError `mcp/no-sign-in` if the server offers none, `mcp/unreachable`
   */
  begin(server: SignInServer, back: { readonly address: string; readonly state: string }): Promise<BegunSignIn>;
  /**
   * Gets a new access token.
   * @throws SchedulerError `mcp/sign-in-refused` if the service refuses, so that only a new sign-in helps; `mcp/unreachable`
   */
  renew(grant: Grant): Promise<Grant>;
  /** Tells the service that a grant is no longer used. Returns why that failed, as a sentence; null if it worked. */
  revoke(grant: Grant): Promise<string | null>;
  /**
   * Listens on 127.0.0.1 for the browser's return.
   * @param port null for a free one
   * @throws SchedulerError `mcp/sign-in-port` if the port is taken
   */
  listen(port: number | null): Promise<ReturnPlace>;
  /** Opens an address in the person's browser. Returns false, and does nothing, where there is none. */
  open(address: string): boolean;
}
