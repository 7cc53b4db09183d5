import type { NavigationTarget } from '../../contract/control.ts';
import type { WaitingProposal } from '../../contract/proposal.ts';
import type { TrayLine } from '../../ports/desktop.ts';
import type { ProposalRecords } from '../../ports/ledger/agents.ts';

/** A desktop notification about pending proposals. */
export interface ProposalNotification {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly target: NavigationTarget;
}

/**
 * Returns one notification for all new proposals, so that a busy agent does not flood the desktop. Null if there are
 * none.
 * @param fresh the proposals since the last notification, oldest first
 */
export function proposalNotification(fresh: readonly WaitingProposal[]): ProposalNotification | null {
  const [first] = fresh;
  if (first === undefined) return null;
  const agents = [...new Set(fresh.map(({ client }) => client))].join(', ');
  if (fresh.length > 1) {
    return {
      key: 'proposals',
      title: waitingLine(fresh.length),
      body: `From ${agents}. Nothing has changed yet.`,
      target: { view: 'proposal' },
    };
  }
  return {
    key: 'proposals',
    title: `${first.client} asks for your approval`,
    body: `${first.title}. Nothing has changed yet.`,
    target: { view: 'proposal', proposalId: first.id },
  };
}

/** Returns the tray's line for pending proposals; empty if there are none. */
export function proposalLines(ledger: ProposalRecords, nowMs: number): TrayLine[] {
  const { proposals } = ledger.proposals({ state: 'pending' }, { limit: 500, offset: 0 });
  const waiting = proposals.filter(({ expiresAt }) => Date.parse(expiresAt) > nowMs);
  return waiting.length === 0 ? [] : [{ text: `${waitingLine(waiting.length)}…`, target: { view: 'proposal' } }];
}

function waitingLine(count: number): string {
  return count === 1 ? '1 proposal waits for approval' : `${count} proposals wait for approval`;
}
