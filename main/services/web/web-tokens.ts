import { createHash, randomBytes } from 'node:crypto';
import { webTokenNameSchema, type WebToken } from '../../contract/web-tokens.ts';
import { agentName } from '../../domain/agent-client.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { StoredWebToken, WebTokenFile } from '../../ports/web-tokens.ts';

/** More could only be a program that creates them in a loop. */
const mostTokens = 100;
const hourMs = 60 * 60_000;

export interface WebTokensNeeds {
  readonly file: WebTokenFile;
  readonly ledger: Pick<AuditTrail, 'audit'>;
  readonly clock: Clock;
}

/** A new token. */
export interface CreatedWebToken {
  /** The token itself, which nothing can show again. */
  readonly secret: string;
  readonly token: WebToken;
}

/** Creates, lists and revokes the tokens with which people sign in to the window in a browser, and checks them. */
export class WebTokens {
  readonly #needs: WebTokensNeeds;

  constructor(needs: WebTokensNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError `store/web-tokens-unreadable`. */
  list(): WebToken[] {
    return this.#needs.file.read().map(({ hash: _hash, ...token }) => token);
  }

  /** @throws SchedulerError `usage/invalid-value`, `usage/name-taken`, `usage/too-many-tokens`, `store/…`. */
  create(name: string, readOnly: boolean, kind: 'person' | 'agent' = 'person'): CreatedWebToken {
    if (!webTokenNameSchema.safeParse(name).success) throw wrongName(name);
    // The name is that of the agent, which has one form: two tokens must not become one agent.
    if (kind === 'agent' && agentName(name) !== name) throw wrongAgentName(name);
    const secret = newToken();
    const forAgent = kind === 'agent' ? { agent: true as const } : {};
    const token = { name, readOnly, ...forAgent, createdAt: this.#needs.clock.nowIso(), lastSignInAt: null };
    this.#needs.file.update((tokens) => {
      if (tokens.some((other) => other.name === name)) throw nameTaken(name);
      if (tokens.length >= mostTokens) throw tooMany();
      return [...tokens, { ...token, hash: hashOf(secret) }];
    });
    return { secret, token };
  }

  /** Ends every session of the token. @throws SchedulerError `usage/not-found`, `store/…`. */
  revoke(name: string): WebToken {
    const token = this.list().find((each) => each.name === name);
    if (token === undefined) throw unknownToken(name);
    this.#needs.file.update((tokens) => tokens.filter((each) => each.name !== name));
    return token;
  }

  /** Returns the token with this secret, and records the sign-in; null if there is none, or it is for an agent. @throws SchedulerError `store/…`. */
  signIn(secret: string): StoredWebToken | null {
    const hash = hashOf(secret);
    const found = this.#needs.file.read().find((token) => token.hash === hash);
    return found === undefined || found.agent === true ? null : this.#used(found);
  }

  #used(found: StoredWebToken): StoredWebToken {
    const { hash } = found;
    const lastSignInAt = this.#needs.clock.nowIso();
    this.#needs.file.update((tokens) => tokens.map((each) => (each.hash === hash ? { ...each, lastSignInAt } : each)));
    return found;
  }

  /**
   * Returns the token with this secret, for a program that sends it with each request; null if there is none. Records the
   * use at most once an hour. @throws SchedulerError `store/…`.
   */
  find(secret: string): StoredWebToken | null {
    const hash = hashOf(secret);
    const found = this.#needs.file.read().find((token) => token.hash === hash) ?? null;
    const usedMs = Date.parse(found?.lastSignInAt ?? '1970-01-01T00:00:00.000Z');
    return found !== null && this.#needs.clock.now() - usedMs >= hourMs ? this.#used(found) : found;
  }

  /** Returns whether a token is still valid. A revoked token whose name was used again is not. */
  isValid({ name, hash }: Pick<StoredWebToken, 'name' | 'hash'>): boolean {
    return this.#needs.file.read().some((token) => token.name === name && token.hash === hash);
  }

  /** Records what somebody did in a browser, if the operation itself records no change with its author. */
  record(author: string, call: string, taskId: string | null): void {
    const at = this.#needs.clock.nowIso();
    this.#needs.ledger.audit({ at, author, action: 'browser.call', taskId, before: null, after: { call } });
  }
}

/** Returns a new random token. The prefix lets people and programs that search for leaked secrets recognise it. */
function newToken(): string {
  return `ncp_${randomBytes(32).toString('base64url')}`;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function wrongName(name: string): SchedulerError {
  const message = `The name of a token has at most 40 letters, digits, spaces and . _ - and begins and ends with a letter or digit, for example phone. "${name}" does not.`;
  return new SchedulerError('usage/invalid-value', message, { name });
}

function wrongAgentName(name: string): SchedulerError {
  const message = `The name of a token for an agent has only ASCII letters, digits, blanks and . _ -, because permissions go by it. "${name}" has others.`;
  return new SchedulerError('usage/invalid-value', message, { name });
}

function nameTaken(name: string): SchedulerError {
  const message = `There is already a token with the name "${name}". Choose another name, or revoke that token first.`;
  return new SchedulerError('usage/name-taken', message, { name });
}

function tooMany(): SchedulerError {
  const message = `There are already ${mostTokens} tokens, the most that are possible. Revoke one first.`;
  return new SchedulerError('usage/too-many-tokens', message, { most: mostTokens });
}

function unknownToken(name: string): SchedulerError {
  const message = `There is no token with the name "${name}". \`ncp-scheduler web tokens\` lists them.`;
  return new SchedulerError('usage/not-found', message, { name });
}
