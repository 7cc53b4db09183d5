import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ChangeOptions, CreatedTask, TaskManager } from './task-manager.ts';

export interface TriedTaskNeeds {
  readonly tasks: Pick<TaskManager, 'create' | 'update' | 'delete' | 'get'>;
  /** Runs a task as a test and waits for its outcome. */
  readonly testRun: (taskId: string) => Promise<Execution>;
}

/**
 * Creates a task that is run once first, and kept only if that run succeeds.
 * @throws SchedulerError as `TaskManager.create`; `execution/test-run-failed` with details.execution.
 */
export async function createTried(
  { tasks, testRun }: TriedTaskNeeds,
  draft: TaskDraftInput,
  author: string,
  options: ChangeOptions,
): Promise<CreatedTask & { testRun: Execution }> {
  // Paused and without an entry of the OS until the test run has succeeded: nothing can fire it before.
  const created = await tasks.create({ ...draft, active: false }, author, { ...options, installEntry: false });
  const { id } = created.task;
  const execution = await testRun(id).catch(async (problem: unknown) => {
    await tasks.delete(id, author);
    throw problem;
  });
  if (execution.status !== 'success') {
    await tasks.delete(id, author);
    const reason = execution.error?.message ?? `it ended with ${execution.status}`;
    const message = `The test run of "${draft.name}" did not succeed, so the task was not kept: ${reason}`;
    throw new SchedulerError('execution/test-run-failed', message, { execution });
  }
  if (draft.active === false) return { ...created, testRun: execution };
  const { precondition: _ofCreating, ...rest } = options;
  const { warnings } = await tasks.update(id, { active: true }, author, rest);
  const all = [...new Set([...created.warnings, ...warnings])];
  return { ...(await tasks.get(id)), warnings: all, testRun: execution };
}
