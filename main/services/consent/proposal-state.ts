import type { Proposal, ProposalPreview } from '../../contract/proposal.ts';
import { SchedulerError } from '../../domain/errors.ts';

/** True while a person can still decide. A proposal that failed may be tried again until it expires. */
export function isOpen({ state, expiresAt }: Proposal, now: string): boolean {
  return state === 'pending' || (state === 'failed' && expiresAt > now);
}

/** @throws SchedulerError `agent/proposal-decided`. */
export function assertOpen(proposal: Proposal, now: string): void {
  if (!isOpen(proposal, now)) throw decided(proposal);
}

const stateWords: Readonly<Record<Proposal['state'], string>> = {
  pending: 'it is pending',
  applying: 'it was approved and is in progress',
  applied: 'it was approved and applied',
  failed: 'it was approved, but could not be applied',
  rejected: 'it was rejected',
  expired: 'it expired before anyone decided',
};

export function decided(proposal: Proposal): SchedulerError {
  const by = proposal.decidedBy === null ? '' : ` (${proposal.decidedBy}, ${proposal.decidedAt ?? ''})`;
  const message = `The proposal ${proposal.id} can no longer be decided: ${stateWords[proposal.state]}${by}.`;
  return new SchedulerError('agent/proposal-decided', message, { proposalId: proposal.id, state: proposal.state });
}

export const changedAfter = 'The task or its MCP server has changed since then. Review the differences again.';

export function outdated(
  proposal: Proposal,
  reason: string,
  preview: Partial<Pick<ProposalPreview, 'differences' | 'basis'>> = {},
): SchedulerError {
  const { differences = [], basis = '' } = preview;
  const message = `${proposal.title} was proposed on ${proposal.createdAt} and was not applied: ${reason}`;
  return new SchedulerError('agent/proposal-outdated', message, {
    proposalId: proposal.id,
    reason,
    differences,
    basis,
  });
}

/** The preview of a change that cannot be applied any more. */
export const noPreview: Omit<ProposalPreview, 'problem'> = {
  differences: [],
  unchanged: [],
  schedule: null,
  nextRuns: [],
  command: null,
  warnings: [],
  changedMeanwhile: true,
  basis: '',
};
