import { executionStatusSchema } from '../../../contract/execution.ts';
import { fleetRunFilterSchema } from '../../../contract/fleet-runs.ts';
import { definedOf } from '../../../domain/defined.ts';
import { defineCommand } from '../../command.ts';
import { integer, oneOf, text, withDefault } from '../../option.ts';
import { blocks } from '../../text/describe-task.ts';
import { instant } from '../../values/instant.ts';

export const fleetRunsCommand = defineCommand({
  name: 'fleet runs',
  reads: true,
  summary: 'List the runs of shared tasks on all members, newest first.',
  description:
    'Members report their runs to the database of the fleet; one that was offline does so later. Runs are kept there for 90 days.',
  positionals: {},
  options: {
    task: text('Only runs of this task, by id or name. A deleted task needs its id.', 'TASK'),
    member: text('Only runs on this member, by name or id.', 'MEMBER'),
    status: oneOf('Only runs with this status.', executionStatusSchema.options),
    since: instant('Only runs that started since then, for example 2h for the last two hours.', 'past'),
    limit: withDefault(integer('Maximum number of runs.', { min: 1, max: 1000 }), 50),
  },
  answers:
    'runs: executionId, taskId, taskName, member, memberId, tool, trigger, slot, attempt, startedAt, completedAt, duration, status, exitCode, error, logBytes; more (true if --limit leaves out runs).',
  examples: [
    { line: 'fleet runs --task Backup', does: 'see where a task ran, and how it ended' },
    { line: 'fleet runs --member server-2 --status failure --since 1d', does: 'list what failed on server-2' },
  ],
  run: async (context, { task, ...asked }) => {
    const application = await context.application();
    const known =
      task === undefined
        ? undefined
        : (await application.tasks()).list().find(({ id, name }) => id === task || name === task);
    const filter = definedOf({ ...asked, taskId: known?.id ?? task });
    return (await application.fleet()).runs(fleetRunFilterSchema.parse(filter));
  },
  text: async ({ runs, more }, view) =>
    blocks(
      await view.table(
        runs,
        [
          { title: 'STARTED', cell: ({ startedAt }) => view.instant(startedAt), whole: true },
          { title: 'MEMBER', cell: ({ member }) => view.plain(member) },
          { title: 'TASK', cell: ({ taskName }) => view.plain(taskName) },
          { title: 'STATUS', cell: ({ status }) => view.status(status) },
          { title: 'ATTEMPT', cell: ({ attempt }) => String(attempt), align: 'right', spare: 2 },
          {
            title: 'TOOK',
            cell: ({ duration }) => (duration === null ? '-' : view.duration(duration)),
            align: 'right',
            spare: 3,
          },
          { title: 'RUN', cell: ({ executionId }) => view.plain(executionId), whole: true },
        ],
        'No member has reported a run of a shared task.',
      ),
      more ? `Showing the newest ${runs.length} runs. Use --limit to show more.` : '',
    ),
});
