import pLimit from 'p-limit';
import type { BackfillPreview, BackfillRequest, BackfillResult, PastSlot } from '../../contract/backfill.ts';
import type { Execution } from '../../contract/execution.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { BackfillPlanner } from '../schedule/backfill-plan.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';

export interface BackfillsNeeds {
  readonly plans: Pick<BackfillPlanner, 'plan'>;
  readonly planner: Pick<SlotPlanner, 'policies'>;
  /** Runs one slot, in the primary if there is one. Null if it was not started. */
  readonly runSlot: (taskId: string, slot: PastSlot) => Promise<Execution | null>;
  /** Number of runs at the same time. */
  readonly concurrencyLimit: () => Promise<number>;
  readonly logger: Logger;
}

export interface BackfillOptions {
  /** Once aborted, no further slot starts. */
  readonly stop?: AbortSignal;
  /** Called after the last attempt of each slot. */
  readonly onRun?: (execution: Execution, done: number) => void;
}

/** Runs the slots of a period of the past, once each and in order. */
export class Backfills {
  readonly #needs: BackfillsNeeds;
  /** The backfills that this process runs in the background, by task id. */
  readonly #active = new Map<string, AbortController>();

  constructor(needs: BackfillsNeeds) {
    this.#needs = needs;
  }

  /** Returns what `run` would do now. @throws SchedulerError `task/…`, `usage/period`. */
  preview(request: BackfillRequest): BackfillPreview {
    return this.#needs.plans.plan(request).preview;
  }

  isRunning(taskId: string): boolean {
    return this.#active.has(taskId);
  }

  /**
   * Runs the slots in the background and returns which.
   * @throws SchedulerError as `preview`, and `task/backfill-running` while an earlier one of the task is running.
   */
  start(request: BackfillRequest): BackfillPreview {
    const preview = this.preview(request);
    const { taskId, taskName } = preview;
    if (this.#active.has(taskId)) {
      const message = `Slots of "${taskName}" are running already. Stop them, or wait until they have ended.`;
      throw new SchedulerError('task/backfill-running', message, { taskId });
    }
    const stop = new AbortController();
    this.#active.set(taskId, stop);
    void this.run(request, { stop: stop.signal })
      .catch((problem: unknown) => {
        this.#needs.logger.error('A backfill ended early', { taskName, problem: messageOf(problem) });
      })
      .finally(() => this.#active.delete(taskId));
    return preview;
  }

  /** Starts no further slot of the task. Returns false if no backfill of it is running in this process. */
  stop(taskId: string): boolean {
    const running = this.#active.get(taskId);
    running?.abort();
    return running !== undefined;
  }

  /**
   * Runs the slots: one at a time, or as many as the concurrency limit allows if the task allows overlapping runs. A
   * slot that another process claims meanwhile is left to it, so two backfills share the work.
   * @throws SchedulerError as `preview`, and `store/…`, `control/…`; slots that have started are awaited before.
   */
  async run(request: BackfillRequest, { stop, onRun }: BackfillOptions = {}): Promise<BackfillResult> {
    const { plans, planner, runSlot, concurrencyLimit } = this.#needs;
    const { task, preview, slots } = plans.plan(request);
    const overlaps = planner.policies(task).overlap === 'allow-all';
    const limit = pLimit(overlaps ? await concurrencyLimit() : 1);
    const executions = new Map<string, Execution>();
    let failed = false;
    let next: string | null = null;
    const runs = slots.map((each) =>
      limit(async () => {
        if (failed || stop?.aborted === true) return void (next ??= each.slot);
        try {
          const execution = await runSlot(task.id, each);
          if (execution !== null) {
            executions.set(each.slot, execution);
            onRun?.(execution, executions.size);
          } else if (isAborted(stop)) next ??= each.slot;
        } catch (problem) {
          failed = true;
          throw problem;
        }
      }),
    );
    const ends = await Promise.allSettled(runs);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return { ...preview, executions: slots.flatMap(({ slot }) => executions.get(slot) ?? []), next };
  }
}

/** A function, because the signal can be aborted during a wait. */
const isAborted = (stop: AbortSignal | undefined): boolean => stop?.aborted === true;
