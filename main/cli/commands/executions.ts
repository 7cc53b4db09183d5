import { executionStatusSchema, triggerSchema } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Application } from '../../application/application.ts';
import { defineCommand } from '../command.ts';
import { integer, oneOf, text, withDefault } from '../option.ts';
import { executionTable } from '../text/describe-execution.ts';
import { blocks } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';

export const executionsCommand = defineCommand({
  name: 'executions',
  summary: 'List executions, newest first.',
  positionals: {},
  options: {
    task: text('Only those of this task (id or name), also of one that was deleted (id).', 'TASK'),
    status: oneOf('Only those with this status.', executionStatusSchema.options),
    trigger: oneOf('Only those that were started by this.', triggerSchema.options),
    since: instant('Only those started since then: an instant, or 2h for the last two hours.', 'past'),
    limit: withDefault(integer('At most so many.', { min: 1, max: 1000 }), 50),
  },
  answers: 'executions, total (all that match, whatever the limit).',
  examples: [
    { line: 'executions --task Backup --limit 10', does: 'the last ten runs' },
    { line: 'executions --status failure --since 1d --json', does: 'what failed since yesterday' },
  ],
  run: async (context, { task, status, trigger, since, limit }) => {
    const application = await context.application();
    const taskId = task === undefined ? undefined : await taskIdOf(application, task);
    return (await application.executions()).list({
      limit,
      offset: 0,
      ...(taskId === undefined ? {} : { taskId }),
      ...(status === undefined ? {} : { status }),
      ...(trigger === undefined ? {} : { trigger }),
      ...(since === undefined ? {} : { since }),
    });
  },
  text: async ({ executions, total }, view) =>
    blocks(
      await executionTable(executions, view),
      total > executions.length ? `${executions.length} of ${total}; --limit shows more.` : '',
    ),
});

/** A deleted task is known by the executions it has left. */
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
