import { agentPermissionSchema } from '../../contract/agents.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { defineCommand } from '../command.ts';
import { clearable, integer, oneOf, required, text } from '../option.ts';
import { describeClient } from '../text/describe-client.ts';

export const clientsSetCommand = defineCommand({
  name: 'clients set',
  summary: 'Set what an MCP client (an agent) may do.',
  description:
    'read-only: look. ask: propose changes that you approve. allow: change and run. A revoked client is let in again by giving it a permission. A client that was never here can be named beforehand.',
  positionals: { client: required(text('Name of the client, as `clients list` shows it.', 'CLIENT')) },
  options: {
    permission: oneOf('What it may do.', agentPermissionSchema.options),
    'max-tasks': clearable(integer('Tasks it may own.', { min: 0 })),
    'runs-per-hour': clearable(integer('Manual and test runs in any hour.', { min: 0 })),
  },
  answers: 'client.',
  examples: [
    { line: 'clients set claude-code --permission allow', does: 'its changes need no approval any more' },
    { line: 'clients set claude-code --max-tasks 5 --runs-per-hour none', does: 'a limit of its own, and a default' },
  ],
  run: async (context, args) => {
    const change = {
      ...(args.permission !== undefined && { permission: args.permission }),
      ...(args['max-tasks'] !== undefined && { maxTasks: args['max-tasks'] }),
      ...(args['runs-per-hour'] !== undefined && { runsPerHour: args['runs-per-hour'] }),
    };
    if (Object.keys(change).length === 0) {
      const message = 'clients set needs at least one of --permission, --max-tasks and --runs-per-hour.';
      throw new SchedulerError('usage/nothing-to-change', message);
    }
    const { clients } = await (await context.application()).agents();
    return { client: clients.change(args.client, change, 'cli') };
  },
  text: ({ client }, view) => describeClient(client, view),
});
