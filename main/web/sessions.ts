import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Application } from '../application/application.ts';
import type { WebTokenOperations } from '../application/operations.ts';

/** How long the token in the printed address can be used, in ms. */
const startTokenMs = 15 * 60_000;
/** A session ends after this time at the latest, in ms. */
const longestMs = 30 * 24 * 60 * 60_000;
/** The answer to whether a token was revoked is used for this long, in ms. */
const validMs = 1000;
const mostSessions = 200;

type Token = NonNullable<ReturnType<WebTokenOperations['signIn']>>;

/** A signed-in browser. */
export interface Session {
  readonly id: string;
  /** The author of its changes: `browser`, or `browser:<name of the token>`. */
  readonly author: string;
  readonly readOnly: boolean;
  /** Null for the token of the printed address. */
  readonly token: Token | null;
  readonly startedAtMs: number;
  usedAtMs: number;
  checkedAtMs: number;
}

export interface SessionsNeeds {
  readonly clock: Application['clock'];
  readonly tokens: Pick<WebTokenOperations, 'signIn' | 'isValid'>;
  /** A session without a call for this long ends, in ms. */
  readonly idleMs: number;
  readonly newToken: () => string;
}

/** Signs browsers in with tokens, and knows which are signed in. Kept in memory: a restart signs everybody out. */
export class Sessions {
  readonly #needs: SessionsNeeds;
  /** By the hash of the cookie. */
  readonly #sessions = new Map<string, Session>();
  #startToken: { readonly hash: Buffer; readonly untilMs: number } | null = null;

  constructor(needs: SessionsNeeds) {
    this.#needs = needs;
  }

  /** Returns a token that signs in once, within 15 minutes. An earlier one is no longer valid. */
  issueStartToken(): string {
    const token = this.#needs.newToken();
    this.#startToken = { hash: digest(token), untilMs: this.#needs.clock.now() + startTokenMs };
    return token;
  }

  /** Returns a new session and its cookie; null if the token is wrong, used or revoked. @throws SchedulerError `store/…`. */
  signIn(secret: string): { readonly cookie: string; readonly session: Session } | null {
    const isStart = this.#useStartToken(secret);
    const token = isStart ? null : this.#needs.tokens.signIn(secret);
    if (!isStart && token === null) return null;
    const now = this.#needs.clock.now();
    const cookie = randomBytes(32).toString('base64url');
    const id = keyOf(cookie);
    const who = { author: token === null ? 'browser' : `browser:${token.name}`, readOnly: token?.readOnly ?? false };
    const session = { id, ...who, token, startedAtMs: now, usedAtMs: now, checkedAtMs: now };
    this.#sessions.set(id, session);
    this.#dropOldest();
    return { cookie, session };
  }

  /** Returns the session of a cookie; null if there is none or it has ended. @throws SchedulerError `store/…`. */
  find(cookie: string | undefined): Session | null {
    const session = cookie === undefined ? undefined : this.#sessions.get(keyOf(cookie));
    return session !== undefined && this.isLive(session) ? session : null;
  }

  /** Returns false for a session that was ended, was idle for too long, or whose token was revoked. @throws as `find`. */
  isLive(session: Session): boolean {
    const now = this.#needs.clock.now();
    const { idleMs, tokens } = this.#needs;
    const isKnown = this.#sessions.get(session.id) === session;
    const isOver = now - session.usedAtMs > idleMs || now - session.startedAtMs > longestMs;
    const isChecked = session.token === null || now - session.checkedAtMs < validMs;
    if (isKnown && !isOver && (isChecked || (session.token !== null && tokens.isValid(session.token)))) {
      if (!isChecked) session.checkedAtMs = now;
      return true;
    }
    this.#sessions.delete(session.id);
    return false;
  }

  /** Notes that the session is in use. */
  touch(session: Session): void {
    session.usedAtMs = this.#needs.clock.now();
  }

  end(session: Session): void {
    this.#sessions.delete(session.id);
  }

  #useStartToken(secret: string): boolean {
    const start = this.#startToken;
    if (start === null || this.#needs.clock.now() > start.untilMs) return false;
    if (!timingSafeEqual(digest(secret), start.hash)) return false;
    this.#startToken = null;
    return true;
  }

  #dropOldest(): void {
    if (this.#sessions.size <= mostSessions) return;
    const [oldest] = [...this.#sessions.values()].sort((a, b) => a.usedAtMs - b.usedAtMs);
    if (oldest !== undefined) this.#sessions.delete(oldest.id);
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const keyOf = (cookie: string): string => digest(cookie).toString('hex');
