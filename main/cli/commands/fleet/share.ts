import type { RunsOn } from '../../../contract/fleet.ts';
import { readRunsOn } from '../../../contract/fleet.ts';
import { defineCommand } from '../../command.ts';
import { invalid, single, type Option } from '../../option.ts';
import { blocks, describeTask, describeWarnings } from '../../text/describe-task.ts';
import { taskPositional } from '../positionals.ts';

/** `--runs-on one:gpu`. */
export const runsOnOption: Option<RunsOn | undefined> = single(
  'Which members run it: `one` of them or `each`; with tags, of those that have all tags, for example one:gpu.',
  'WHERE',
  (raw, name) => {
    const read = readRunsOn(raw);
    if ('runsOn' in read) return read.runsOn;
    throw invalid(name, raw, read.wrong);
  },
);

export const shareCommand = defineCommand({
  name: 'share',
  byPerson: true,
  summary: 'Share a task with the fleet, or change which members run it.',
  description:
    'Every member that accepted the key of this machine takes the task over. A task cannot be shared while it holds what looks like a secret: write ${secret:NAME}, and store the secret on each machine.',
  positionals: taskPositional,
  options: { 'runs-on': { ...runsOnOption, fallback: 'one' } },
  answers: 'task, warnings.',
  examples: [
    { line: 'share Backup', does: 'let one member run each slot' },
    { line: 'share "Clean up" --runs-on each:linux', does: 'run it on every member with the tag linux' },
  ],
  run: async (context, { task, 'runs-on': where }) => {
    const application = await context.application();
    const runsOn: RunsOn = where ?? { mode: 'one', tags: [] };
    const fleet = await application.fleet();
    const { id } = await fleet.share(task, runsOn, 'cli');
    const { task: shared } = await (await application.tasks()).get(id);
    const problem = await fleet.placementProblem(shared);
    return { task: shared, warnings: problem === null ? [] : [problem] };
  },
  text: ({ task, warnings }, view) => blocks(describeTask(task, view), describeWarnings(warnings, view)),
});
