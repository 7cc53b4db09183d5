import type { PastSlot } from '../../contract/backfill.ts';
import type { EventName } from '../../contract/events.ts';
import type { Execution } from '../../contract/execution.ts';
import type { TestDraft } from '../../contract/test-run.ts';
import { foundExecution } from '../../domain/not-found.ts';
import type { Approval } from '../../contract/control.ts';
import type { ControlClient } from '../../ports/control.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { StartedAttempt } from '../../services/runs/attempts/attempt.ts';
import type { Engine } from './engine.ts';

export interface RunsNeeds {
  /**
   * Returns the engine of this process.
   * @param warm number of workers to start at once, for a process that is about to run something
   */
  readonly engine: (warm: number) => Promise<Engine>;
  /** Returns the primary of this data directory if it is another process; otherwise null. */
  readonly otherPrimary: () => Promise<ControlClient | null>;
  /** Returns true once this process is the primary. */
  readonly leads: () => boolean;
  /** Starts a run in a process that outlives this one, and returns it. */
  readonly startDetached: (taskId: string, approval: Approval | undefined) => Promise<Execution>;
  readonly ledger: Pick<Ledger, 'get'>;
  /** Notes the events for which the entry of a group was started. @throws SchedulerError `timing/not-found` */
  readonly noteFired: (timingId: string, events: readonly EventName[]) => Promise<void>;
  /** Called after runs in this process, unless it is the primary. Updates the files for other programs. */
  readonly publish: () => Promise<void>;
}

export interface TriggerOptions {
  readonly trigger: 'manual' | 'test';
  /** Cancels a run in this process; a run in the primary continues. */
  readonly stop?: AbortSignal;
  /** Runs only what a person approved. Only for a manual run. */
  readonly approval?: Approval | undefined;
  /** Called once the run is in the ledger. If the primary runs the task, `trigger` returns then, while it still runs. */
  onStarted?(execution: Execution): void | Promise<void>;
}

/**
 * Starts and cancels runs. The primary does this if there is one, so that the window and the tray show runs live and
 * one concurrency limit applies to all of them. Otherwise this process does it.
 */
export class Runs {
  readonly #needs: RunsNeeds;

  constructor(needs: RunsNeeds) {
    this.#needs = needs;
  }

  /**
   * Fires a group: every slot that is due, or only `slot` (ISO instant).
   * @param events those for which the entry of the group was started
   */
  async fire(
    timingId: string,
    slot?: string,
    events: readonly EventName[] = [],
  ): Promise<{ timingId: string; executions: Execution[] }> {
    // Here, not in the primary: this process was started by the event.
    if (events.length > 0) await this.#needs.noteFired(timingId, events);
    const options = slot === undefined ? {} : { slot };
    const primary = await this.#needs.otherPrimary();
    if (primary !== null) return primary.call('timing.run', { timingId, ...options });
    return this.#published(async () => (await this.#needs.engine(1)).executor.fireTiming(timingId, options));
  }

  /** Runs a task now and returns its outcome. @throws SchedulerError `task/…`, `control/…`, `store/…`. */
  async trigger(taskId: string, options: TriggerOptions): Promise<Execution> {
    const primary = await this.#needs.otherPrimary();
    const { approval } = options;
    if (primary === null) {
      return this.#here((engine) => engine.executor.runTask(taskId, options.trigger, approval), options);
    }
    if (approval !== undefined) return (await primary.call('task.run-approved', { taskId, approval })).execution;
    const test = options.trigger === 'test';
    const wait = options.onStarted === undefined;
    const { execution } = await primary.call('task.trigger', { taskId, wait, test });
    if (!wait) await options.onStarted?.(execution);
    return execution;
  }

  /**
   * Starts a run that does not depend on this command, and returns it while it runs.
   * @param approval what a person approved: compared in the transaction that records the run, whichever process runs it
   * @throws as `trigger`; with an approval also `agent/proposal-outdated`, `agent/proposal-decided`.
   */
  async start(taskId: string, approval?: Approval): Promise<Execution> {
    if (this.#needs.leads()) return this.#started((engine) => engine.executor.runTask(taskId, 'manual', approval));
    const primary = await this.#needs.otherPrimary();
    if (primary === null) return this.#needs.startDetached(taskId, approval);
    if (approval !== undefined) return (await primary.call('task.run-approved', { taskId, approval })).execution;
    return (await primary.call('task.trigger', { taskId, wait: false, test: false })).execution;
  }

  /**
   * Runs an unsaved draft with the environment and limits of a scheduled run, and returns the outcome.
   * @throws SchedulerError `task/…`, `control/…`, `store/…`.
   */
  async testDraft(draft: TestDraft, options: Pick<TriggerOptions, 'stop' | 'approval'> = {}): Promise<Execution> {
    const { approval } = options;
    const primary = await this.#needs.otherPrimary();
    if (primary === null) return this.#here((engine) => engine.testRuns.begin(draft, approval), options);
    if (approval !== undefined) return (await primary.call('task.test-approved', { draft, approval })).execution;
    return (await primary.call('task.test', { draft })).execution;
  }

  /** As `testDraft`, but returns the run while it runs. */
  startTest(draft: TestDraft): Promise<Execution> {
    return this.#started((engine) => engine.testRuns.begin(draft));
  }

  /** Runs the task of an execution again, also with other parameters, and returns the run while it runs. */
  async rerun(executionId: string, parameters?: Execution['parameters']): Promise<Execution> {
    return (await this.#needs.engine(1)).testRuns.rerun(executionId, parameters);
  }

  /** @throws SchedulerError `execution/not-found`, `execution/not-running`. */
  async cancel(executionId: string): Promise<Execution> {
    const primary = await this.#needs.otherPrimary();
    if (primary === null) return (await this.#needs.engine(0)).executor.cancel(executionId);
    return (await primary.call('execution.cancel', { executionId })).execution;
  }

  /** Runs one slot of the past, with retries. Null if it was not started. @throws as `start`, and `timing/…`. */
  async runPastSlot(taskId: string, { slot, replaces }: PastSlot, approval?: Approval): Promise<Execution | null> {
    const primary = await this.#needs.otherPrimary();
    const past = { slot, replaces };
    if (primary === null)
      return this.#published(async () => (await this.#needs.engine(1)).pastSlots.run(taskId, past, approval));
    if (approval !== undefined)
      return (await primary.call('slot.run-past-approved', { taskId, ...past, approval })).execution;
    return (await primary.call('slot.run-past', { taskId, slot, replaces })).execution;
  }

  /** Returns how many executions may run at the same time. */
  async concurrencyLimit(): Promise<number> {
    return (await this.#needs.engine(0)).concurrencyLimit();
  }

  async #started(start: (engine: Engine) => Promise<StartedAttempt>): Promise<Execution> {
    const { executionId } = await start(await this.#needs.engine(1));
    return this.#find(executionId);
  }

  async #here(
    start: (engine: Engine) => Promise<StartedAttempt>,
    options: Pick<TriggerOptions, 'stop' | 'onStarted'>,
  ): Promise<Execution> {
    const engine = await this.#needs.engine(1);
    const run = await start(engine);
    const { stop } = options;
    // `finished` delivers the outcome. Cancelling fails if the run has already ended, which needs no handling.
    const cancel = (): void => void engine.executor.cancel(run.executionId).catch(() => undefined);
    stop?.addEventListener('abort', cancel, { once: true });
    if (stop?.aborted === true) cancel();
    try {
      await options.onStarted?.(this.#find(run.executionId));
      return await this.#published(() => run.finished);
    } finally {
      stop?.removeEventListener('abort', cancel);
    }
  }

  async #published<T>(run: () => Promise<T>): Promise<T> {
    const outcome = await run();
    if (!this.#needs.leads()) await this.#needs.publish();
    return outcome;
  }

  #find(executionId: string): Execution {
    return foundExecution(this.#needs.ledger.get(executionId), executionId);
  }
}
