import type { Execution } from '../../contract/execution.ts';
import type { Task, TaskChange, TaskView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { changedTask } from '../../services/tasks/task-edit.ts';
import type { ChangeOptions } from '../../services/tasks/task-manager.ts';
import type { Application } from '../application.ts';
import { testDraft } from './runs.ts';

export interface UpdateOptions extends Pick<ChangeOptions, 'installEntry' | 'validate'> {
  readonly author: string;
  /** Run it once first, as changed, and keep the change only if that run succeeds. */
  readonly testRun: boolean;
  readonly stop?: AbortSignal;
}

/** @throws SchedulerError as `TaskManager.update`; `execution/test-run-failed` with details.execution, nothing has changed then. */
export async function updateTask(
  application: Application,
  task: TaskView,
  change: TaskChange,
  { author, testRun, stop, ...options }: UpdateOptions,
): Promise<{ task: TaskView; warnings: string[]; testRun?: Execution }> {
  const tasks = await application.tasks();
  if (!testRun) return tasks.update(task.id, change, author, options);
  // Refused before anything runs for it.
  if (change.schedule !== undefined) await tasks.understand(change.schedule, change.timezone ?? task.timezone);
  const execution = await testDraft(application, draftOf(task, change), stop === undefined ? {} : { stop });
  if (execution.status !== 'success') {
    const reason = execution.error?.message ?? `it ended with ${execution.status}`;
    const message = `The test run of "${task.name}" did not succeed, so nothing was changed: ${reason}`;
    throw new SchedulerError('execution/test-run-failed', message, { execution });
  }
  return { ...(await tasks.update(task.id, change, author, options)), testRun: execution };
}

function draftOf(task: Task, change: TaskChange) {
  const { id: taskId, name, tool, parameters, workingDirectory, env, policies } = changedTask(task, change);
  return { taskId, name, tool, parameters, workingDirectory, env, policies };
}
