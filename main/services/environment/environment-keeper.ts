import { dayMs, minuteMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { LoginShell } from '../../ports/login-shell.ts';

export interface EnvironmentKeeperNeeds {
  readonly loginShell: () => Promise<Pick<LoginShell, 'renew'>>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Renews the environment of tasks in the primary: at its start, within a minute after a start-up file changed, and
 * daily. So a run that is due need not wait for the login shell.
 */
export class EnvironmentKeeper {
  readonly #needs: EnvironmentKeeperNeeds;
  #cancelTimer: (() => void) | null = null;
  #warned = '';

  constructor(needs: EnvironmentKeeperNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#arm(0, 0);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #arm(waitMs: number, maxAgeMs: number): void {
    this.#cancelTimer = this.#needs.clock.setTimer(() => void this.#renew(maxAgeMs), waitMs);
  }

  async #renew(maxAgeMs: number): Promise<void> {
    const { problem } = await (await this.#needs.loginShell()).renew(maxAgeMs);
    if (problem !== null && problem !== this.#warned) this.#needs.logger.warn(problem);
    this.#warned = problem ?? '';
    // After `stop` there is no timer any more.
    if (this.#cancelTimer !== null) this.#arm(minuteMs, dayMs);
  }
}
