import type { Settings } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import { minuteMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import type { CredentialCheck } from './credential-check.ts';
import { credentialProblems, rememberCredentialProblems, type CredentialProblems } from './credential-news.ts';

export interface CredentialKeeperNeeds {
  readonly store: Pick<Store, 'state' | 'read'>;
  readonly ledger: Marks;
  readonly clock: Clock;
  readonly settings: { read(): Settings };
  readonly planner: Pick<SlotPlanner, 'slots'>;
  readonly check: Pick<CredentialCheck, 'problem'>;
  /** Called when a problem was found or is gone. */
  readonly changed: () => void;
  readonly logger: Logger;
}

/** Time between two looks, in ms. A slot is looked at once; a problem again at each look, until it is gone. */
const everyMs = 5 * minuteMs;

/** Time until the first look, in ms: after the start of the app, which has more urgent work. */
const firstMs = minuteMs / 4;

/** Looks in the primary whether tasks that run soon can still sign in, so that a person can renew it before the slot. */
export class CredentialKeeper {
  readonly #needs: CredentialKeeperNeeds;
  /** The slot before which each task could sign in, in ms. */
  readonly #fine = new Map<string, number>();
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
    try {
      await this.look();
    } catch (problem) {
      this.#needs.logger.warn('Could not check the sign-ins of tasks', { problem: messageOf(problem) });
    }
    // After `stop` there is no timer any more.
    if (this.#cancelTimer !== null) this.#arm(everyMs);
  }

  /** Checks every task with a slot soon, and those that could not sign in before. */
  async look(): Promise<void> {
    const { store, ledger, settings, changed } = this.#needs;
    const beforeMs = settings.read().credentialCheckMs;
    if (store.state().state !== 'ok') return;
    const known = credentialProblems(ledger);
    const now: Record<string, CredentialProblems[string]> = {};
    for (const task of beforeMs === 0 ? [] : Object.values(store.read().tasks)) {
      const problem = await this.#problemOf(task, beforeMs, known[task.id]);
      if (problem !== null) now[task.id] = problem;
    }
    if (JSON.stringify(now) === JSON.stringify(known)) return;
    rememberCredentialProblems(ledger, now);
    changed();
  }

  async #problemOf(
    task: Task,
    beforeMs: number,
    known: CredentialProblems[string] | undefined,
  ): Promise<CredentialProblems[string] | null> {
    const { clock, planner, check } = this.#needs;
    if (task.status !== 'active') return null;
    const nowMs = clock.now();
    const [slotMs] = planner.slots(task, nowMs, nowMs + beforeMs, 1);
    if (known === undefined && (slotMs === undefined || this.#fine.get(task.id) === hourOf(slotMs, beforeMs)))
      return null;
    const message = await check.problem(task);
    if (message !== null) return { sinceMs: known?.sinceMs ?? nowMs, message };
    if (slotMs !== undefined) this.#fine.set(task.id, hourOf(slotMs, beforeMs));
    return null;
  }
}

/** Slots of the same span share a look: a task that runs each minute is not looked at each time. */
const hourOf = (slotMs: number, spanMs: number): number => Math.floor(slotMs / spanMs);
