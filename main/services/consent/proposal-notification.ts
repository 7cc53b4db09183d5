import type { NavigationTarget } from '../../contract/control.ts';
import type { WaitingProposal } from '../../contract/proposal.ts';
import type { TrayLine } from '../../ports/desktop.ts';
import type { Ledger } from '../../ports/ledger.ts';

/** What the desktop tells a person about changes that wait. */
export interface ProposalNotification {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly target: NavigationTarget;
}

/**
 * One notification for all that is new, so that a busy agent does not flood the desktop. Null where nothing is.
 * @param fresh what came since the last notification, the oldest first
 */
export function proposalNotification(fresh: readonly WaitingProposal[]): ProposalNotification | null {
  const [first] = fresh;
  if (first === undefined) return null;
  const agents = [...new Set(fresh.map(({ client }) => client))].join(', ');
  if (fresh.length > 1) {
    return {
      key: 'proposals',
      title: waitingLine(fresh.length),
      body: `${agents} asked for them. Nothing has changed yet.`,
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

/** The tray's line for what waits; none where nothing does. */
export function proposalLines(ledger: Ledger, nowMs: number): TrayLine[] {
  const { proposals } = ledger.proposals({ state: 'pending' }, { limit: 500, offset: 0 });
  const waiting = proposals.filter(({ expiresAt }) => Date.parse(expiresAt) > nowMs);
  return waiting.length === 0 ? [] : [{ text: `${waitingLine(waiting.length)}…`, target: { view: 'proposal' } }];
}

function waitingLine(count: number): string {
  return count === 1 ? '1 change waits for approval' : `${count} changes wait for approval`;
}
