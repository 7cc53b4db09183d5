/** A request that asks only whether an address accepts these credentials. */
export interface AccessRequest {
  readonly url: string;
  /** Neither of them may change anything at the server (RFC 9110, 9.2.1). */
  readonly method: 'HEAD' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  /** The variables that name proxies and certificates. */
  readonly env: Readonly<Record<string, string>>;
  readonly proxy?: string | undefined;
  /** Absolute. */
  readonly caFile?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly timeoutMs: number;
}

/**
 * Sends the request and returns the status of the answer, whose body is not read. Follows no redirect. Null if no answer
 * came, for whatever reason.
 */
export type AccessStatus = (request: AccessRequest) => Promise<number | null>;
