import { defineCommand } from '../../command.ts';
import { describeAgent } from '../../text/describe-agent.ts';
import { blocks } from '../../text/describe-task.ts';
import { agentPositional } from '../positionals.ts';

export const agentsRevokeCommand = defineCommand({
  name: 'agents revoke',
  byPerson: true,
  summary: "Revoke an agent's access and reject its pending proposals.",
  description:
    'The agent can no longer read your tasks either. The tasks that it created stay; createdBy in `list --json` names it. `agents set AGENT --permission ask` restores its access.',
  positionals: agentPositional,
  options: {},
  answers: 'client, rejected (number of pending proposals that were rejected).',
  examples: [{ line: 'agents revoke claude-code', does: 'refuse every further call of this agent' }],
  run: async (context, { agent }) => (await (await context.application()).agents()).revoke(agent, 'cli'),
  text: ({ client, rejected }, view) =>
    blocks(
      describeAgent(client, view),
      rejected === 0 ? '' : `Rejected ${rejected === 1 ? '1 pending proposal' : `${rejected} pending proposals`}.`,
    ),
});
