import { defineCommand } from '../../command.ts';
import { describeTask } from '../../text/describe-task.ts';
import { taskPositional } from '../positionals.ts';

export const unshareCommand = defineCommand({
  name: 'unshare',
  byPerson: true,
  summary: 'Make a shared task a local task of this machine. The other members delete it.',
  positionals: taskPositional,
  options: {},
  answers: 'task.',
  examples: [{ line: 'unshare Backup', does: 'run it on this machine only' }],
  run: async (context, { task }) => {
    const application = await context.application();
    const { id } = await (await application.fleet()).unshare(task, 'cli');
    return { task: (await (await application.tasks()).get(id)).task };
  },
  text: ({ task }, view) => describeTask(task, view),
});
