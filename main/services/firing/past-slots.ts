import type { Approval } from '../../contract/control.ts';
import type { PastSlot } from '../../contract/backfill.ts';
import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { retryDelay } from '../../domain/policy/retry.ts';
import type { Store } from '../../ports/store.ts';
import type { RunApprovals } from '../runs/attempts/attempt.ts';
import type { AttemptRunner } from '../runs/attempts/attempt-runner.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { findTask } from '../schedule/task-lookup.ts';
import type { OverlapGuard } from './overlap-guard.ts';
import type { StoppableWaits } from './stoppable-waits.ts';
import type { TimingExecutor } from './timing-executor.ts';

export interface PastSlotsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly planner: Pick<SlotPlanner, 'policies' | 'settle' | 'slots'>;
  readonly attempts: AttemptRunner;
  readonly approved: RunApprovals;
  readonly overlap: OverlapGuard;
  readonly waits: StoppableWaits;
  /** Shares its concurrency limit. */
  readonly executor: Pick<TimingExecutor, 'limited'>;
  /** 0 to 1, for retry jitter. */
  random(): number;
}

/** Runs single slots of the past, for a backfill. */
export class PastSlots {
  readonly #needs: PastSlotsNeeds;

  constructor(needs: PastSlotsNeeds) {
    this.#needs = needs;
  }

  /**
   * Claims the slot and runs it, with retries. Waits for runs of the task that are in progress, unless the task allows
   * several at once. Ignores pauses and conditions, as a manual run does, and runs no follow-up task.
   * @param approval what a person approved: nothing else runs
   * @returns the last attempt, or null if another process claimed the slot, or this one is ending
   * @throws SchedulerError `task/not-found`, `timing/not-a-slot`, `store/…`; with an approval also
   * `agent/proposal-outdated`, `agent/proposal-decided`.
   */
  async run(taskId: string, { slot, replaces }: PastSlot, approval?: Approval): Promise<Execution | null> {
    const { store, planner, approved, overlap, waits } = this.#needs;
    const file = store.read();
    const task = findTask(file, taskId);
    const slotMs = Date.parse(slot);
    if (planner.slots(task, slotMs - 1, slotMs, 1).length === 0) throw notASlot(task.name, slot);
    // Otherwise the claim would hide earlier slots that nobody has recorded as missed yet.
    planner.settle(task, file);
    const policies = planner.policies(task);
    if (policies.overlap !== 'allow-all') await overlap.admit(task, 'buffer-all', () => undefined);
    let last: Execution | null = null;
    let first: string | undefined;
    for (let attempt = 1; !waits.stopped; attempt += 1) {
      const past = attempt === 1 ? { past: { replaces } } : {};
      const confirm = approval === undefined ? undefined : approved.confirmation(approval, task);
      const common = { task, policies, trigger: 'backfill', slot, attempt, first, confirm, ...past } as const;
      const execution = await this.#needs.executor.limited(
        async () => (await this.#needs.attempts.start(common))?.finished,
      );
      if (execution === undefined) return last;
      last = execution;
      first ??= execution.executionId;
      const { status, exitCode, error } = execution;
      if (status === 'running' || status === 'skipped') return last;
      const delayMs = retryDelay(policies.retries, { status, exitCode, attempt, error }, this.#needs.random());
      if (delayMs === null) return last;
      await waits.for(delayMs);
    }
    return last;
  }
}

function notASlot(taskName: string, slot: string): SchedulerError {
  return new SchedulerError('timing/not-a-slot', `${slot} is not a slot of "${taskName}".`, { slot });
}
