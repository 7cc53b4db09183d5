import { minuteMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { CredentialLook } from './credential-look.ts';

export interface CredentialKeeperNeeds {
  readonly look: Pick<CredentialLook, 'look'>;
  readonly clock: Clock;
  /** Called when a problem was found or is gone. */
  readonly changed: () => void;
  readonly logger: Logger;
}

/** Time between two looks, in ms. */
const everyMs = 5 * minuteMs;
/** Time until the first look, in ms: after the start of the app, which has more urgent work. */
const firstMs = minuteMs / 4;

/** Looks in the primary whether tasks that run soon can still sign in, so that a person can renew it before the slot. */
export class CredentialKeeper {
  readonly #needs: CredentialKeeperNeeds;
  #cancelTimer: (() => void) | null = null;

  constructor(needs: CredentialKeeperNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#arm(firstMs);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #arm(waitMs: number): void {
    this.#cancelTimer = this.#needs.clock.setTimer(() => void this.#beat(), waitMs);
  }

  async #beat(): Promise<void> {
    const { look, changed, logger } = this.#needs;
    try {
      if (await look.look({ fired: false })) changed();
    } catch (problem) {
      logger.warn('Could not check the sign-ins of tasks', { problem: messageOf(problem) });
    }
    // After `stop` there is no timer any more.
    if (this.#cancelTimer !== null) this.#arm(everyMs);
  }
}
