import { runsOnText } from '../../contract/fleet.ts';
import type { TaskView } from '../../contract/task.ts';
import { defineCommand } from '../command.ts';
import { oneOf, text } from '../option.ts';
import { describeAttention } from '../text/describe-attention.ts';
import { blocks, skipsOf } from '../text/describe-task.ts';
import type { TextView } from '../text/view.ts';

export const listCommand = defineCommand({
  name: 'list',
  reads: true,
  summary: 'List tasks.',
  positionals: {},
  options: {
    status: oneOf('Only tasks with this status.', ['active', 'paused', 'completed', 'error']),
    query: text('Only tasks whose name, tool or description contains this text, ignoring case.'),
    tag: text('Only tasks with this tag.', 'TAG'),
  },
  answers: 'tasks, in the order in which they were created, with their run state.',
  examples: [
    { line: 'list', does: 'list all tasks' },
    { line: 'list --status paused --json', does: 'list paused tasks as JSON' },
  ],
  run: async (context, { status, query, tag }) => {
    const tasks = await (await context.application()).tasks();
    const filter = {
      ...(status === undefined ? {} : { status }),
      ...(query === undefined ? {} : { query }),
      ...(tag === undefined ? {} : { tag }),
    };
    return { tasks: tasks.list(filter) };
  },
  text: async ({ tasks }, view) =>
    blocks(
      await view.table(
        tasks,
        [
          { title: 'NAME', cell: ({ name }) => view.plain(name) },
          {
            title: 'STATUS',
            cell: ({ status, running }) => view.status(running > 0 ? 'running' : status),
            whole: true,
          },
          { title: 'GROUP', cell: ({ timingId }) => view.plain(timingId), spare: 4 },
          ...(tasks.some(({ shared }) => shared !== undefined)
            ? [{ title: 'RUNS ON', cell: ({ shared }: TaskView) => (shared ? runsOnText(shared.runsOn) : 'here') }]
            : []),
          { title: 'TOOL', cell: ({ tool }) => view.plain(tool), spare: 2 },
          { title: 'RUNS', cell: ({ executionCount }) => String(executionCount), align: 'right', spare: 3 },
          { title: 'LAST RUN', cell: ({ lastExecutionAt }) => view.instant(lastExecutionAt), whole: true, spare: 5 },
          {
            title: 'OUTCOME',
            cell: ({ lastStatus = '-', lastDoubtful }) =>
              view.status(lastDoubtful === true ? 'doubtful' : lastStatus === 'skipped' ? 'no change' : lastStatus),
          },
          { title: 'ID', cell: ({ id }) => view.plain(id), whole: true, spare: 1 },
        ],
        'No tasks. `ncp-scheduler create --help` explains how to create one.',
      ),
      describeSkips(tasks, view),
      describeAttention(tasks, view),
    ),
});

function describeSkips(tasks: readonly TaskView[], view: TextView): string {
  const lines = tasks.flatMap((task) => {
    const skips = skipsOf(task, view);
    return skips === null ? [] : [`${view.plain(task.name)} skips ${skips}.`];
  });
  return lines.join('\n');
}
