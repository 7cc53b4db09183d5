import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import type { CreatedTask } from '../../services/tasks/task-manager.ts';
import { createTried } from '../../services/tasks/tried-task.ts';
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
  const stop = options.stop === undefined ? {} : { stop: options.stop };
  const testRun = (taskId: string) => triggerTask(application, taskId, { trigger: 'test', ...stop });
  return createTried({ tasks, testRun }, draft, author, { installEntry, validate });
}
