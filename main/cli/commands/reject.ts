import { defineCommand } from '../command.ts';
import { required, text } from '../option.ts';
import { describeFacts } from '../text/describe-proposal.ts';

export const rejectCommand = defineCommand({
  name: 'reject',
  byPerson: true,
  summary: "Reject an agent's proposal.",
  positionals: { id: required(text('Id of the proposal, as `proposals` shows it.', 'ID')) },
  options: { note: text('Reason, which the agent can read.') },
  answers: 'proposal.',
  examples: [
    { line: 'reject 3f2a9c1b07 --note "not while I work"', does: 'reject the proposal and give the agent a reason' },
  ],
  run: async (context, { id, note }) => {
    const { proposals } = await (await context.application()).agents();
    return { proposal: proposals.reject(id, 'cli', note) };
  },
  text: ({ proposal }, view) => describeFacts(proposal, view),
});
