import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Application } from '../../application/application.ts';

/**
 * Returns the run with this id, or the newest run of the task with this id or name.
 * @throws SchedulerError `execution/not-found` if there is neither, `execution/none` if the task has never run.
 */
export async function runOrNewest(application: Application, idOrTask: string): Promise<Execution> {
  const executions = await application.executions();
  const run = executions.get(idOrTask);
  if (run !== null) return run;
  const tasks = await application.tasks();
  const { task } = await tasks.get(idOrTask).catch((error: unknown) => {
    if (!(error instanceof SchedulerError) || error.code !== 'task/not-found') throw error;
    const message = `There is no run and no task "${idOrTask}". \`runs\` lists the runs, \`list\` the tasks.`;
    throw new SchedulerError('execution/not-found', message, { executionId: idOrTask }, error);
  });
  const [newest] = executions.list({ taskId: task.id, limit: 1, offset: 0 }).executions;
  if (newest !== undefined) return newest;
  throw new SchedulerError('execution/none', `The task "${task.name}" has not run yet.`, { taskId: task.id });
}
