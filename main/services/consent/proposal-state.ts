import type { Proposal, ProposalPreview } from '../../contract/proposal.ts';
import { SchedulerError } from '../../domain/errors.ts';

/** One that could not be done may be tried again, until it would have lapsed. */
export function isOpen({ state, expiresAt }: Proposal, now: string): boolean {
  return state === 'pending' || (state === 'failed' && expiresAt > now);
}

/** @throws SchedulerError `agent/proposal-decided`. */
export function assertOpen(proposal: Proposal, now: string): void {
  if (!isOpen(proposal, now)) throw decided(proposal);
}

const stateWords: Readonly<Record<Proposal['state'], string>> = {
  pending: 'it waits',
  applying: 'it was approved and is being done',
  applied: 'it was approved and done',
  failed: 'it was approved, but could not be done',
  rejected: 'it was rejected',
  expired: 'nobody decided in time, and it lapsed',
};

export function decided(proposal: Proposal): SchedulerError {
  const by = proposal.decidedBy === null ? '' : ` (${proposal.decidedBy}, ${proposal.decidedAt ?? ''})`;
  const message = `The proposal ${proposal.id} is decided: ${stateWords[proposal.state]}${by}.`;
  return new SchedulerError('agent/proposal-decided', message, { proposalId: proposal.id, state: proposal.state });
}

export function outdated(
  proposal: Proposal,
  reason: string,
  { differences, basis }: Pick<ProposalPreview, 'differences' | 'basis'>,
): SchedulerError {
  const message = `${proposal.title} was proposed on ${proposal.createdAt} and was not done: ${reason}`;
  return new SchedulerError('agent/proposal-outdated', message, {
    proposalId: proposal.id,
    reason,
    differences,
    basis,
  });
}
