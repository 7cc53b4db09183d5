import type { AgentPermission } from '../../../main/contract/agents.ts';
import type { ProposalState } from '../../../main/contract/proposal.ts';
import { formatAgo, formatMoment } from '../format.ts';

const states: Readonly<Record<ProposalState, string>> = {
  pending: 'waits for you',
  applying: 'is being done',
  applied: 'was approved and done',
  failed: 'could not be done',
  rejected: 'was rejected',
  expired: 'lapsed: nobody decided in time',
};

export const agents = {
  waiting: (count: number) => (count === 1 ? 'An agent asks for 1 change.' : `Agents ask for ${count} changes.`),
  waitingHint: 'Nothing changes before you approve.',
  review: 'Review',
  dialog: {
    title: 'An agent asks for your approval',
    asks: (client: string, version: string) => `${client} ${version}`,
    asked: (instant: string, now: number) => `asked ${formatAgo(instant, now)}`,
    lapses: (instant: string, now: number) => `lapses ${formatMoment(instant, now)}`,
    command: 'Runs',
    schedule: 'When',
    nextRuns: 'Next runs',
    noRuns: 'No run follows from it.',
    differences: 'What changes',
    unchanged: (count: number) => (count === 1 ? 'What stays as it is (1)' : `What stays as it is (${count})`),
    nothing: 'not set',
    changedMeanwhile: 'Somebody changed this task after the agent asked. This is the difference now.',
    impossible: (reason: string) => `It cannot be done any more: ${reason}`,
    approve: 'Approve',
    approving: 'Approving…',
    reject: 'Reject',
    always: 'Always allow this client',
    alwaysHint: (client: string) =>
      `Approves this, and lets ${client} change and run tasks without asking from now on.`,
    readOn: 'Scroll to the end to approve.',
    note: 'Tell the agent why (optional)',
    more: (count: number) => (count === 1 ? '1 more waits after this.' : `${count} more wait after this.`),
    decided: (state: ProposalState) => `This change ${states[state]}.`,
    none: 'Nothing waits for your approval.',
    loading: 'Reading what the agent asks for…',
  },
  approved: (title: string) => `Approved: ${title}.`,
  rejected: (title: string) => `Rejected: ${title}.`,
  allowed: (client: string) => `${client} needs no approval any more.`,
  revoked: (client: string) => `${client} may not even look any more.`,
  undone: (undone: number, left: number) =>
    [
      undone === 1 ? 'Took back 1 change.' : `Took back ${undone} changes.`,
      ...(left === 0 ? [] : [`${left} could not be taken back: something else was changed there since.`]),
    ].join(' '),
  section: {
    title: 'Agents',
    unknown: 'Agents nobody decided about',
    unknownHint: 'What a program that connects over MCP for the first time may do.',
    none: 'No agent has connected yet. docs/agents.md shows how to add one.',
    permission: (client: string) => `What ${client} may do`,
    permissions: {
      'read-only': 'Read only',
      ask: 'Ask',
      allow: 'Allow',
    } satisfies Record<AgentPermission, string>,
    seen: (version: string | null, lastSeen: string | null, now: number) =>
      version === null || lastSeen === null ? 'was never here' : `${version}, here ${formatAgo(lastSeen, now)}`,
    usage: (tasks: number, runs: number) =>
      `${tasks === 1 ? '1 task' : `${tasks} tasks`}, ${runs === 1 ? '1 run' : `${runs} runs`} in the last hour`,
    maxTasks: 'Tasks at most',
    runsPerHour: 'Runs an hour',
    revoke: 'Revoke',
    undo: 'Undo all it did',
    revokedAt: (instant: string, now: number) => `Revoked ${formatAgo(instant, now)}`,
    letIn: 'Let it in again',
    notACount: 'A whole number, 0 or more.',
  },
} as const;
