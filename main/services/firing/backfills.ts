import pLimit from 'p-limit';
import type { BackfillPreview, BackfillRequest, BackfillResult, PastSlot } from '../../contract/backfill.ts';
import type { Approval } from '../../contract/control.ts';
import type { Execution } from '../../contract/execution.ts';
import type { Task } from '../../contract/task.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { BackfillPlanner } from './backfill-plan.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';

export interface BackfillsNeeds {
  readonly plans: Pick<BackfillPlanner, 'plan' | 'task'>;
  readonly planner: Pick<SlotPlanner, 'policies'>;
  /** Runs one slot, in the primary if there is one. Null if it was not started. */
  readonly runSlot: (taskId: string, slot: PastSlot, approval?: Approval) => Promise<Execution | null>;
  /** Number of runs at the same time. */
  readonly concurrencyLimit: () => Promise<number>;
  readonly logger: Logger;
  /** Aborted once this process starts nothing any more. */
  readonly stopping: AbortSignal;
}

/** What became of the slots of a backfill. */
export type SlotRuns = Pick<BackfillResult, 'executions' | 'next'>;

/** A backfill that runs in the background. */
export interface BegunBackfill {
  readonly taskId: string;
  readonly taskName: string;
  /** The slots that run, oldest first. */
  readonly slots: readonly string[];
  /** Rejected, with `agent/proposal-outdated` among others, if a slot could not be started. */
  readonly finished: Promise<SlotRuns>;
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

  /** Returns the slots that `run` would run now, and what `preview` says of them. @throws as `preview`. */
  plan(request: BackfillRequest): { readonly preview: BackfillPreview; readonly slots: readonly PastSlot[] } {
    const { preview, slots } = this.#needs.plans.plan(request);
    return { preview, slots };
  }

  /**
   * Runs the slots in the background and returns which.
   * @throws SchedulerError as `preview`, and `task/backfill-running` while an earlier one of the task is running.
   */
  start(request: BackfillRequest): BackfillPreview {
    const preview = this.preview(request);
    const { taskId: id, taskName: name } = preview;
    void this.#inBackground({ id, name }, (stop) => this.run(request, { stop })).catch(() => undefined);
    return preview;
  }

  /**
   * Runs these slots of a task in the background. Cancelling one of its runs also ends the backfill.
   * @param approval what a person approved: a slot does not run once the task differs from that
   * @throws SchedulerError `task/backfill-running` while an earlier one of the task is running.
   */
  async begin(
    task: Pick<Task, 'id' | 'name'>,
    slots: readonly PastSlot[],
    approval?: Approval,
  ): Promise<BegunBackfill> {
    const finished = this.#inBackground(task, (stop, end) => {
      const onRun = ({ status }: Execution): void => {
        if (status === 'cancelled') end();
      };
      return this.#runAll(task.id, slots, { stop, onRun, approval });
    });
    return { taskId: task.id, taskName: task.name, slots: slots.map(({ slot }) => slot), finished };
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
  async run(request: BackfillRequest, options: BackfillOptions = {}): Promise<BackfillResult> {
    const { task, preview, slots } = this.#needs.plans.plan(request);
    return { ...preview, ...(await this.#runAll(task.id, slots, options)) };
  }

  #inBackground<T>(
    { id, name }: Pick<Task, 'id' | 'name'>,
    run: (stop: AbortSignal, end: () => void) => Promise<T>,
  ): Promise<T> {
    if (this.#active.has(id)) {
      const message = `Slots of "${name}" are running already. Stop them, or wait until they have ended.`;
      throw new SchedulerError('task/backfill-running', message, { taskId: id });
    }
    const stop = new AbortController();
    this.#active.set(id, stop);
    const finished = run(AbortSignal.any([stop.signal, this.#needs.stopping]), () => stop.abort()).finally(() =>
      this.#active.delete(id),
    );
    finished.catch((problem: unknown) => {
      this.#needs.logger.error('A backfill ended early', { taskName: name, problem: messageOf(problem) });
    });
    return finished;
  }

  async #runAll(
    taskId: string,
    slots: readonly PastSlot[],
    { stop, onRun, approval }: BackfillOptions & { readonly approval?: Approval | undefined },
  ): Promise<SlotRuns> {
    const { plans, planner, runSlot, concurrencyLimit } = this.#needs;
    const overlaps = planner.policies(plans.task(taskId)).overlap === 'allow-all';
    const limit = pLimit(overlaps ? await concurrencyLimit() : 1);
    const executions = new Map<string, Execution>();
    let failed = false;
    let next: string | null = null;
    const runs = slots.map((each) =>
      limit(async () => {
        if (failed || stop?.aborted === true) return void (next ??= each.slot);
        try {
          const execution = await runSlot(taskId, each, approval);
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
    return { executions: slots.flatMap(({ slot }) => executions.get(slot) ?? []), next };
  }
}

/** A function, because the signal can be aborted during a wait. */
const isAborted = (stop: AbortSignal | undefined): boolean => stop?.aborted === true;
