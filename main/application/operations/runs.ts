import type { Execution } from '../../contract/execution.ts';
import type { TestDraft } from '../../contract/test-run.ts';
import type { Application, RunOperations } from '../application.ts';

/**
 * Running and cancelling belong to the primary where there is one, so that the window and the tray see it live and one
 * concurrency limit holds. Without one it is done in this process.
 */
export async function fireTiming(
  application: Application,
  timingId: string,
  slot: string | undefined,
): Promise<{ timingId: string; executions: Execution[] }> {
  const options = slot === undefined ? {} : { slot };
  const primary = await application.primary();
  if (primary !== null) return primary.call('timing.run', { timingId, ...options });
  return (await application.runs()).fireTiming(timingId, options);
}

export interface TriggerOptions {
  readonly trigger: 'manual' | 'test';
  /** Cancels a run of this process; one of the primary goes on without us. */
  readonly stop?: AbortSignal;
  /** Told once the run is in the ledger; by this process only. */
  onStarted?(execution: Execution): void | Promise<void>;
}

/** Runs a task now and waits for its outcome. @throws SchedulerError `task/…`, `control/…`, `store/…`. */
export async function triggerTask(
  application: Application,
  taskId: string,
  options: TriggerOptions,
): Promise<Execution> {
  const primary = await application.primary();
  if (primary === null) return runHere(application, (runs) => runs.runTask(taskId, options.trigger), options);
  const test = options.trigger === 'test';
  const { execution } = await primary.call('task.trigger', { taskId, wait: true, test });
  return execution;
}

/**
 * Runs what is not saved, with the environment and limits of a scheduled run, and waits for its outcome.
 * @throws SchedulerError `task/…`, `control/…`, `store/…`.
 */
export async function testDraft(
  application: Application,
  draft: TestDraft,
  options: Pick<TriggerOptions, 'stop'> = {},
): Promise<Execution> {
  const primary = await application.primary();
  if (primary === null) return runHere(application, (runs) => runs.testDraft(draft), options);
  return (await primary.call('task.test', { draft })).execution;
}

/** Starts a run that does not depend on this process, and answers it while it runs. @throws as `triggerTask`. */
export async function startTask(application: Application, taskId: string): Promise<Execution> {
  const primary = await application.primary();
  if (primary === null) {
    const { startDetachedRun } = await import('./detached-run.ts');
    return startDetachedRun(application.command, application.dataDir, taskId);
  }
  const { execution } = await primary.call('task.trigger', { taskId, wait: false, test: false });
  return execution;
}

async function runHere(
  application: Application,
  start: (runs: RunOperations) => ReturnType<RunOperations['testDraft']>,
  options: Pick<TriggerOptions, 'stop' | 'onStarted'>,
): Promise<Execution> {
  const runs = await application.runs();
  const run = await start(runs);
  const { stop } = options;
  // Its outcome arrives as `finished`; a run that ended meanwhile cannot be cancelled any more, and need not be.
  const cancel = (): void => void runs.cancel(run.executionId).catch(() => undefined);
  stop?.addEventListener('abort', cancel, { once: true });
  if (stop?.aborted === true) cancel();
  try {
    const started = (await application.executions()).get(run.executionId);
    if (started !== null) await options.onStarted?.(started);
    return await run.finished;
  } finally {
    stop?.removeEventListener('abort', cancel);
  }
}

/** @throws SchedulerError `execution/not-found`, `execution/not-running`. */
export async function cancelExecution(application: Application, executionId: string): Promise<Execution> {
  const primary = await application.primary();
  if (primary === null) return (await application.runs()).cancel(executionId);
  const { execution } = await primary.call('execution.cancel', { executionId });
  return execution;
}
