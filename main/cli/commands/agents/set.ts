import { agentPermissionSchema } from '../../../contract/agents.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { clearable, integer, oneOf } from '../../option.ts';
import { budget } from '../../values/budget.ts';
import { describeAgent } from '../../text/describe-agent.ts';
import { agentPositional } from '../positionals.ts';

export const agentsSetCommand = defineCommand({
  name: 'agents set',
  byPerson: true,
  summary: "Set an agent's permission and limits.",
  description:
    'none: the agent can do nothing. read-only: it can read tasks, runs and logs. ask: it can also propose changes, which you approve or reject. allow: it can change and run tasks. Setting a permission restores the access of a revoked agent. You can set up an agent before it first connects.',
  positionals: agentPositional,
  options: {
    permission: oneOf('What the agent may do.', agentPermissionSchema.options),
    'max-tasks': clearable(
      integer('Task limit: how many tasks the agent may own. Default: agents.maxTasks in config.json.', { min: 0 }),
    ),
    'runs-per-hour': clearable(
      integer('How many manual and test runs it may start in any hour. Default: agents.runsPerHour in config.json.', {
        min: 0,
      }),
    ),
    budget: clearable(
      budget(
        'What the tasks that the agent created may use together, for example "20 runs/day, $5/month". Default: no limit.',
      ),
    ),
  },
  answers: 'client.',
  examples: [
    { line: 'agents set claude-code --permission allow', does: 'let the agent make changes without approval' },
    {
      line: 'agents set claude-code --max-tasks 5 --runs-per-hour none',
      does: 'limit its tasks, and use the default limit for its runs',
    },
  ],
  run: async (context, args) => {
    const change = {
      ...(args.permission !== undefined && { permission: args.permission }),
      ...(args['max-tasks'] !== undefined && { maxTasks: args['max-tasks'] }),
      ...(args['runs-per-hour'] !== undefined && { runsPerHour: args['runs-per-hour'] }),
      ...(args.budget !== undefined && { budget: args.budget }),
    };
    if (Object.keys(change).length === 0) {
      const message = 'agents set needs at least one of --permission, --max-tasks, --runs-per-hour and --budget.';
      throw new SchedulerError('usage/nothing-to-change', message);
    }
    const { clients } = await (await context.application()).agents();
    return { client: clients.change(args.agent, change, 'cli') };
  },
  text: ({ client }, view) => describeAgent(client, view),
});
