import type { WebToken } from '../contract/web-tokens.ts';

/** A token as it is stored. */
export interface StoredWebToken extends WebToken {
  /** SHA-256 of the token, in hexadecimal. The token has 256 random bits, so it needs neither salt nor a slow hash. */
  readonly hash: string;
}

/** The tokens of the window in a browser, on disk. */
export interface WebTokenFile {
  /**
   * Returns all tokens; none if the file does not exist.
   * @throws SchedulerError `store/web-tokens-unreadable`
   */
  read(): readonly StoredWebToken[];
  /**
   * Reads, changes and writes in one step.
   * @throws SchedulerError `store/…`; an unreadable file stays unchanged.
   */
  update(change: (tokens: readonly StoredWebToken[]) => readonly StoredWebToken[]): void;
}
