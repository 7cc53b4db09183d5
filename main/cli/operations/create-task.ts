import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { CreatedTask } from '../../services/task-manager.ts';
import type { Application } from '../application.ts';
import { triggerTask } from './runs.ts';

export interface CreateOptions {
  readonly author: string;
  /** @default true */
  readonly installEntry?: boolean;
  /** @default true */
  readonly validate?: boolean;
  /** Run it once first, and keep it only if that run succeeds. */
  readonly testRun?: boolean;
  readonly stop?: AbortSignal;
}

/** @throws SchedulerError as `TaskManager.create`; `execution/test-run-failed` with details.execution. */
export async function createTask(
  application: Application,
  draft: TaskDraftInput,
  options: CreateOptions,
): Promise<CreatedTask & { testRun?: Execution }> {
  const { author, installEntry = true, validate = true } = options;
  const tasks = await application.tasks();
  if (options.testRun !== true) return tasks.create(draft, author, { installEntry, validate });
  // Paused and without an entry of the OS until the test run has succeeded: nothing can fire it before.
  const created = await tasks.create({ ...draft, active: false }, author, { installEntry: false, validate });
  const { id } = created.task;
  const testRun = await tryOut(application, id, options);
  if (testRun.status !== 'success') {
    await tasks.delete(id, author);
    const reason = testRun.error?.message ?? `it ended with ${testRun.status}`;
    const message = `The test run of "${draft.name}" did not succeed, so the task was not kept: ${reason}`;
    throw new SchedulerError('execution/test-run-failed', message, { execution: testRun });
  }
  if (draft.active === false) return { ...created, testRun };
  const { warnings } = await tasks.update(id, { active: true }, author, { installEntry, validate });
  return { ...(await tasks.get(id)), warnings: [...new Set([...created.warnings, ...warnings])], testRun };
}

async function tryOut(application: Application, taskId: string, options: CreateOptions): Promise<Execution> {
  const stop = options.stop === undefined ? {} : { stop: options.stop };
  try {
    return await triggerTask(application, taskId, { trigger: 'test', ...stop });
  } catch (error) {
    await (await application.tasks()).delete(taskId, options.author);
    throw error;
  }
}
