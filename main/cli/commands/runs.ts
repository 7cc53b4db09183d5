import { executionStatusSchema, triggerSchema } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Application } from '../../application/application.ts';
import { defineCommand } from '../command.ts';
import { flag, integer, oneOf, text, withDefault } from '../option.ts';
import { executionTable } from '../text/describe-execution.ts';
import { blocks } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';

export const runsCommand = defineCommand({
  name: 'runs',
  reads: true,
  summary: 'List runs, newest first.',
  positionals: {},
  options: {
    task: text('Only runs of this task, by id or name. A deleted task needs its id.', 'TASK'),
    status: oneOf('Only runs with this status. skipped: the probe saw no change.', executionStatusSchema.options),
    trigger: oneOf('Only runs with this trigger.', triggerSchema.options),
    doubtful: flag('Only runs that succeeded although their output looks like a failure.'),
    since: instant('Only runs that started since then, for example 2h for the last two hours.', 'past'),
    limit: withDefault(integer('Maximum number of runs.', { min: 1, max: 1000 }), 50),
  },
  answers: 'executions, total (number of matching runs, regardless of --limit).',
  examples: [
    { line: 'runs --task Backup --limit 10', does: 'list the last ten runs of a task' },
    { line: 'runs --status failure --since 1d --json', does: 'list what failed since yesterday' },
    { line: 'runs --doubtful --since 1d', does: 'list successes that look like failures' },
  ],
  run: async (context, { task, status, trigger, doubtful, since, limit }) => {
    const application = await context.application();
    const taskId = task === undefined ? undefined : await taskIdOf(application, task);
    return (await application.executions()).list({
      limit,
      offset: 0,
      ...(taskId === undefined ? {} : { taskId }),
      ...(status === undefined ? {} : { status }),
      ...(trigger === undefined ? {} : { trigger }),
      ...(doubtful ? { doubtful } : {}),
      ...(since === undefined ? {} : { since }),
    });
  },
  text: async ({ executions, total }, view) =>
    blocks(
      await executionTable(executions, view),
      total > executions.length ? `Showing ${executions.length} of ${total} runs. Use --limit to show more.` : '',
    ),
});

/** Returns the id of a task. A deleted task is found by its runs. */
async function taskIdOf(application: Application, idOrName: string): Promise<string> {
  try {
    return (await (await application.tasks()).get(idOrName)).task.id;
  } catch (error) {
    if (!(error instanceof SchedulerError) || error.code !== 'task/not-found') throw error;
    const { total } = (await application.executions()).list({ taskId: idOrName, limit: 1, offset: 0 });
    if (total === 0) throw error;
    return idOrName;
  }
}
