import { SchedulerError } from '../../domain/errors.ts';
import { minuteMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Grant, SignInAccess } from '../../ports/sign-in.ts';
import { again, type SignInVault, type StoredSignIn } from './sign-in-vault.ts';

export interface AccessTokensNeeds {
  readonly vault: SignInVault;
  readonly access: () => Promise<Pick<SignInAccess, 'renew'>>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A token that ends sooner than this is renewed before it is used, in ms: the call needs time. */
const usableMs = minuteMs;
/** How long other processes wait for one that renews, in ms. It covers the longest wait for the service. */
const renewalMs = 30_000;
/** Time between two looks at whether another process has renewed, in ms. */
const lookAgainMs = 100;

/** Hands out access tokens, and renews them. Only one process at a time renews the sign-in to a server. */
export class AccessTokens {
  readonly #needs: AccessTokensNeeds;

  constructor(needs: AccessTokensNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns a token for the server at this address; null if nobody has signed in to it.
   * @throws SchedulerError `mcp/sign-in-expired`, `mcp/unreachable`, `secret/…`
   */
  async token(server: string, address: string): Promise<string | null> {
    const stored = this.#needs.vault.read(server);
    if (stored === null || stored.address !== address) return null;
    return this.#works(stored) ? stored.grant.accessToken : this.#renewed(server, address, null);
  }

  /** Returns a token other than one that the server rejected. @throws as `token`. */
  async other(server: string, address: string, rejected: string): Promise<string> {
    return this.#renewed(server, address, rejected);
  }

  async #renewed(server: string, address: string, rejected: string | null): Promise<string> {
    const by = this.#needs.newId();
    for (;;) {
      const stored = this.#takeTurn(server, address, rejected, by);
      if (stored.renewing?.by === by) return this.#renew(server, stored, by);
      if (stored.renewing === null || stored.grant.accessToken !== rejected) {
        if (this.#works(stored)) return stored.grant.accessToken;
      }
      await new Promise<void>((resolve) => void this.#needs.clock.setTimer(resolve, lookAgainMs));
    }
  }

  /** Returns the sign-in, of which this call is the one to renew unless another has renewed it or is doing so. */
  #takeTurn(server: string, address: string, rejected: string | null, by: string): StoredSignIn {
    const nowMs = this.#needs.clock.now();
    const taken = this.#needs.vault.update(server, (stored) => {
      if (stored === null || stored.address !== address || stored.expired !== null) return stored;
      if (stored.grant.accessToken !== rejected && this.#works(stored)) return stored;
      if (stored.renewing !== null && stored.renewing.untilMs > nowMs) return stored;
      return { ...stored, renewing: { by, untilMs: nowMs + renewalMs } };
    });
    if (taken === null || taken.address !== address) throw expired(server, 'you have signed out.');
    if (taken.expired !== null) throw expired(server, taken.expired);
    return taken;
  }

  async #renew(server: string, { grant }: StoredSignIn, by: string): Promise<string> {
    const { access, vault } = this.#needs;
    const settle = (change: (stored: StoredSignIn) => StoredSignIn): StoredSignIn | null =>
      vault.update(server, (stored) => (stored?.renewing?.by === by ? change(stored) : stored));
    let renewed: Grant;
    try {
      renewed = await (await access()).renew(grant);
    } catch (problem) {
      if (!(problem instanceof SchedulerError) || problem.code !== 'mcp/sign-in-refused') {
        settle((stored) => ({ ...stored, renewing: null }));
        throw problem;
      }
      settle((stored) => ({ ...stored, renewing: null, expired: problem.message }));
      throw expired(server, problem.message, problem);
    }
    // If the person has signed in again meanwhile, that sign-in stays.
    const stored = settle((present) => ({ ...present, grant: renewed, renewing: null }));
    return stored?.grant.accessToken ?? renewed.accessToken;
  }

  #works({ grant, expired: reason }: StoredSignIn): boolean {
    if (reason !== null) return false;
    const { expiresAt, refreshToken } = grant;
    if (expiresAt === null) return true;
    const leftMs = Date.parse(expiresAt) - this.#needs.clock.now();
    return leftMs > (refreshToken === null ? 0 : usableMs);
  }
}

function expired(server: string, reason: string, cause?: unknown): SchedulerError {
  const message = `The sign-in to the MCP server "${server}" has expired: ${reason} ${again(server)}`;
  return new SchedulerError('mcp/sign-in-expired', message, { server }, cause);
}
