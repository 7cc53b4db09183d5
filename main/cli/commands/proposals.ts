import { proposalStateSchema } from '../../contract/proposal.ts';
import type { ProposalView } from '../../contract/proposal.ts';
import type { AgentOperations } from '../../application/operations.ts';
import { defineCommand } from '../command.ts';
import { integer, oneOf, text, withDefault } from '../option.ts';
import { describeProposal } from '../text/describe-proposal.ts';
import type { TextView } from '../text/view.ts';

const states = [...proposalStateSchema.options, 'all'] as const;

export const proposalsCommand = defineCommand({
  name: 'proposals',
  reads: true,
  summary: 'List the changes that agents propose, with the difference and the next runs.',
  description: '`approve` applies a proposal and `reject` turns it down. `agents list` shows which agents must ask.',
  positionals: { id: text('Only this proposal, in any state.', 'ID') },
  options: {
    state: withDefault(oneOf('Only proposals in this state, or all.', states), 'pending'),
    limit: withDefault(integer('Maximum number of proposals, newest first.', { min: 1, max: 500 }), 50),
  },
  answers: 'proposals: id, client, version, state, title, change, preview (differences, nextRuns, command); total.',
  examples: [
    { line: 'proposals', does: 'list the proposals that need your decision' },
    { line: 'proposals --state all', does: 'also list decided and expired proposals' },
  ],
  run: async (context, { id, state, limit }) => {
    const { proposals } = await (await context.application()).agents();
    if (id !== undefined) return { proposals: [await proposals.view(id)], total: 1 };
    const found = proposals.list({ state: state === 'all' ? undefined : state }, { limit, offset: 0 });
    return { proposals: await viewsOf(proposals, found.proposals), total: found.total };
  },
  text: ({ proposals }, view) => {
    const [only, second] = proposals;
    return only !== undefined && second === undefined ? describeProposal(only, view) : table(proposals, view);
  },
});

async function viewsOf(
  proposals: AgentOperations['proposals'],
  found: readonly { readonly id: string }[],
): Promise<ProposalView[]> {
  const views: ProposalView[] = [];
  for (const { id } of found) views.push(await proposals.view(id));
  return views;
}

function table(proposals: readonly ProposalView[], view: TextView): Promise<string> {
  return view.table(
    proposals,
    [
      { title: 'ID', cell: ({ id }) => view.plain(id), whole: true },
      { title: 'AGENT', cell: ({ client }) => view.plain(client) },
      { title: 'CHANGE', cell: ({ title }) => view.plain(title) },
      { title: 'STATE', cell: ({ state }) => view.status(state) },
      { title: 'ASKED', cell: ({ createdAt }) => view.instant(createdAt) },
      { title: 'COMMAND', cell: ({ preview }) => view.plain(preview?.command ?? '-') },
    ],
    'No proposals.',
  );
}
