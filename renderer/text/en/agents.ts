import type { AgentPermission } from '../../../main/contract/agents.ts';
import type { ProposalState } from '../../../main/contract/proposal.ts';
import { formatAgo, formatMoment } from '../format.ts';

const states: Readonly<Record<ProposalState, string>> = {
  pending: 'is pending',
  applying: 'is in progress',
  applied: 'was approved and applied',
  failed: 'failed',
  rejected: 'was rejected',
  expired: 'expired before anyone decided',
};

export const agents = {
  waiting: (count: number) =>
    count === 1 ? '1 proposal waits for approval.' : `${count} proposals wait for approval.`,
  waitingHint: 'Nothing changes until you approve.',
  review: 'Review',
  dialog: {
    title: 'An agent asks for your approval',
    asks: (client: string, version: string) => `${client} ${version}`,
    asked: (instant: string, now: number) => `requested ${formatAgo(instant, now)}`,
    expires: (instant: string, now: number) => `expires ${formatMoment(instant, now)}`,
    command: 'What it runs',
    schedule: 'Schedule',
    nextRuns: 'Next runs',
    noRuns: 'No upcoming runs.',
    differences: 'Changes',
    unchanged: (count: number) => `Unchanged (${count})`,
    nothing: 'not set',
    changedMeanwhile:
      'This task or its MCP server has changed since the agent asked. The differences below are current.',
    impossible: (reason: string) => `This change can no longer be applied: ${reason}`,
    approve: 'Approve',
    approving: 'Approving…',
    reject: 'Reject',
    always: 'Always allow this agent',
    alwaysHint: (client: string) =>
      `Approves this change, and lets ${client} change and run tasks without asking from now on.`,
    readOn: 'Scroll to the end to approve.',
    note: 'Tell the agent why (optional)',
    more: (count: number) => (count === 1 ? '1 more change is pending.' : `${count} more changes are pending.`),
    decided: (state: ProposalState) => `This change ${states[state]}.`,
    none: 'No changes are waiting for your approval.',
    loading: 'Loading the change…',
  },
  approved: (title: string) => `Approved: ${title}.`,
  rejected: (title: string) => `Rejected: ${title}.`,
  allowed: (client: string) => `${client} no longer needs approval.`,
  revoked: (client: string) => `${client} can no longer read your tasks.`,
  undone: (undone: number, left: number) =>
    [
      undone === 1 ? 'Undid 1 change.' : `Undid ${undone} changes.`,
      ...(left === 0 ? [] : [`${left} could not be undone: the same tasks were changed again later.`]),
    ].join(' '),
  section: {
    title: 'Agents',
    unknown: 'New agents',
    unknownHint:
      'What an agent may do when it connects for the first time. An agent chooses its own name, so “None” also keeps out a revoked agent that changes its name.',
    none: 'No agent has connected yet.',
    permission: (client: string) => `What ${client} may do`,
    permissions: {
      none: 'None',
      'read-only': 'Read only',
      ask: 'Ask',
      allow: 'Allow',
    } satisfies Record<AgentPermission, string>,
    seen: (version: string | null, lastSeen: string | null, now: number) =>
      version === null || lastSeen === null ? 'never connected' : `${version}, last seen ${formatAgo(lastSeen, now)}`,
    usage: (tasks: number, runs: number) =>
      `${tasks === 1 ? '1 task' : `${tasks} tasks`}, ${runs === 1 ? '1 run' : `${runs} runs`} in the last hour`,
    maxTasks: 'Task limit',
    runsPerHour: 'Runs per hour',
    revoke: 'Revoke',
    undo: 'Undo its changes',
    revokedAt: (instant: string, now: number) => `Revoked ${formatAgo(instant, now)}`,
    restore: 'Restore access',
    notACount: 'Enter a whole number, 0 or more.',
  },
} as const;
