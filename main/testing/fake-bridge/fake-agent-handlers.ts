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
    if (!client) throw new SchedulerError('agent/not-found', `No MCP client named "${name}" was ever here.`);
    return Object.assign(client, fields);
  };
  return {
    'proposals.get': ({ proposalId }: IpcParsedInput<'proposals.get'>) => ({ proposal: find(world, proposalId) }),
    'proposals.approve': ({ proposalId, basis, always }: IpcParsedInput<'proposals.approve'>) => {
      const proposal = find(world, proposalId);
      if (proposal.preview?.basis !== basis) {
        throw new SchedulerError('agent/proposal-outdated', 'Somebody changed the task after that.');
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

/** What an agent asks for in the scenarios: one change of each of two agents, and what is known of the two. */
export function fillAgents(world: FakeWorld): void {
  const at = (ms: number): string => new Date(world.now() + ms).toISOString();
  const draft = {
    name: 'Back up notes',
    schedule: 'every weekday at 18:30',
    tool: 'shell:run',
    parameters: { command: 'restic backup ~/notes' },
  };
  const base = {
    state: 'pending',
    version: '2.0.14',
    createdAt: at(-240_000),
    expiresAt: at(7 * 86_400_000),
    ...{ decidedAt: null, decidedBy: null, note: null, taskId: null, executionId: null, error: null },
  } as const;
  world.proposals.push(
    {
      ...base,
      id: '3f2a9c1b07',
      client: 'claude-code',
      title: 'Create "Back up notes"',
      change: { action: 'create', draft, validate: true, testRun: true },
      preview: {
        differences: [
          { field: 'Name', before: null, after: 'Back up notes' },
          { field: 'Command', before: null, after: draft.parameters.command },
        ],
        schedule: { sentence: 'At 06:30 PM, Monday through Friday', timezone: world.app.timezone },
        nextRuns: [at(3_600_000), at(90_000_000)],
        command: draft.parameters.command,
        warnings: ['Approving runs it once, at once; it is kept only if that run succeeds.'],
        ...{ changedMeanwhile: false, problem: null, basis: 'new' },
      },
    },
    {
      ...base,
      id: '77c0ffee00',
      client: 'cursor-vscode',
      title: 'Change "Sync photos"',
      change: { action: 'update', taskId: 'task-0002', change: { schedule: 'every hour' }, validate: true },
      preview: {
        differences: [{ field: 'Schedule', before: 'At 09:00 AM', after: 'Every hour' }],
        schedule: { sentence: 'Every hour', timezone: world.app.timezone },
        nextRuns: [at(3_600_000)],
        command: 'rclone sync ~/photos remote:photos',
        warnings: [],
        ...{ changedMeanwhile: true, problem: null, basis: 'b2' },
      },
    },
  );
  world.clients.push(clientOf('claude-code', at(-240_000)), clientOf('cursor-vscode', at(-86_400_000)));
}

function clientOf(name: string, lastSeenAt: string): AgentClient {
  return {
    ...{ name, version: '2.0.14', versions: ['2.0.14'], firstSeenAt: lastSeenAt, lastSeenAt },
    ...{ permission: 'ask', decided: false, revokedAt: null },
    ...{ maxTasks: 50, runsPerHour: 30, tasks: 2, runsLastHour: 1, pending: 1 },
  };
}
