import { defineCommand } from '../command.ts';
import { required, text } from '../option.ts';
import { describeFacts } from '../text/describe-proposal.ts';

export const rejectCommand = defineCommand({
  name: 'reject',
  summary: 'Turn down what an agent proposed: nothing changes.',
  positionals: { id: required(text('Id of the proposal.', 'ID')) },
  options: { note: text('Why; the agent can read it.') },
  answers: 'proposal.',
  examples: [{ line: 'reject 3f2a9c1b07 --note "not while I work"', does: 'the agent is told why' }],
  run: async (context, { id, note }) => {
    const { proposals } = await (await context.application()).agents();
    return { proposal: proposals.reject(id, 'cli', note) };
  },
  text: ({ proposal }, view) => describeFacts(proposal, view),
});
