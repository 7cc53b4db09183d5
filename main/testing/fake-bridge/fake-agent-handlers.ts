import type { AgentClient } from '../../contract/agents.ts';
import type { IpcParsedInput } from '../../contract/ipc.ts';
import type { ProposalState, ProposalView } from '../../contract/proposal.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { FakeBridge, FakeHandlers } from './fake-bridge.ts';
import type { FakeWorld } from './fake-world.ts';

/** Deciding about agents, over what the world holds. Approving makes no task here: the real service does. */
export function fakeAgentHandlers(world: FakeWorld, bridge: () => FakeBridge) {
  const decide = (proposalId: string, state: ProposalState, note: string | null): { proposal: ProposalView } => {
    const proposal = find(world, proposalId);
    Object.assign(proposal, { state, note, decidedBy: 'window', decidedAt: new Date(world.now()).toISOString() });
    proposal.preview = null;
    bridge().emit('schedule.changed', world.schedule());
    return { proposal };
  };
  const change = (name: string, fields: Partial<AgentClient>): AgentClient => {
    const client = world.clients.find((candidate) => candidate.name === name);
    if (!client) throw new SchedulerError('agent/not-found', `No agent named "${name}" has ever connected.`);
    return Object.assign(client, fields);
  };
  return {
    'proposals.get': ({ proposalId }: IpcParsedInput<'proposals.get'>) => ({ proposal: find(world, proposalId) }),
    'proposals.approve': ({ proposalId, basis, always }: IpcParsedInput<'proposals.approve'>) => {
      const proposal = find(world, proposalId);
      if (proposal.preview?.basis !== basis) {
        throw new SchedulerError('agent/proposal-outdated', 'The task has changed since then.');
      }
      if (always) change(proposal.client, { permission: 'allow', decided: true });
      return decide(proposalId, 'applied', null);
    },
    'proposals.reject': ({ proposalId, note }: IpcParsedInput<'proposals.reject'>) =>
      decide(proposalId, 'rejected', note ?? null),
    'agents.list': () => ({ clients: world.clients }),
    'agents.change': ({ client, change: { permission } }: IpcParsedInput<'agents.change'>) => ({
      client: change(client, permission === undefined ? {} : { permission, decided: true, revokedAt: null }),
    }),
    'agents.undo': () => ({ undone: [], changes: [], refused: [] }),
    'agents.revoke': ({ client }: IpcParsedInput<'agents.revoke'>) => ({
      client: change(client, { revokedAt: new Date(world.now()).toISOString() }),
      rejected: 0,
    }),
  } satisfies Partial<FakeHandlers>;
}

function find(world: FakeWorld, proposalId: string): ProposalView {
  const proposal = world.proposals.find(({ id }) => id === proposalId);
  if (proposal) return proposal;
  throw new SchedulerError('agent/not-found', `There is no proposal "${proposalId}".`);
}
