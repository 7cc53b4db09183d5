import type { ClaimState, SlotClaim } from '../../../ports/fleet/slot-claims.ts';

/** What the members of the fleet did at one slot. */
export interface SlotStory {
  /** For a person, such as `ran on server`. */
  readonly text: string;
  /** True if another member, or more than one, had to do with it: then the records of this machine do not tell all. */
  readonly isShared: boolean;
  /** The run of this machine that ended the story; null if another member's did, or it has none yet. */
  readonly ownExecutionId: string | null;
}

/** Returns the story of each slot. @param memberId this member */
export function storiesOf(claims: readonly SlotClaim[], memberId: string): ReadonlyMap<string, SlotStory> {
  const bySlot = new Map<string, SlotClaim[]>();
  for (const claim of claims) {
    const attempts = bySlot.get(claim.slot) ?? [];
    attempts.push(claim);
    bySlot.set(claim.slot, attempts);
  }
  return new Map([...bySlot].map(([slot, attempts]) => [slot, slotStory(attempts, memberId)]));
}

function slotStory(attempts: readonly SlotClaim[], memberId: string): SlotStory {
  const last = attempts.at(-1);
  return {
    text: storyOf(attempts, memberId),
    isShared: attempts.some((claim) => claim.memberId !== memberId || isLost(claim)),
    ownExecutionId: last?.memberId === memberId && !isLost(last) ? last.executionId : null,
  };
}

/**
 * Returns what the attempts of a slot became, in order: `laptop was lost while it ran; then ran on server`. Of the retries of one
 * member, only the last is named.
 */
export function storyOf(attempts: readonly SlotClaim[], memberId: string): string {
  const told = attempts.filter((claim, index) => {
    const next = attempts[index + 1];
    return next === undefined || isLost(claim) || next.memberId !== claim.memberId;
  });
  return told.map((claim) => attemptText(claim, memberId)).join('; then ');
}

/** A fence above 1 means that the fleet ended the claim, because its member gave no sign of life. */
const isLost = ({ state, fence }: SlotClaim): boolean => state === 'interrupted' && fence > 1;

const ends: Readonly<Record<Exclude<ClaimState, 'running'>, string>> = {
  success: '',
  failure: ', where it failed',
  cancelled: ', where it was cancelled',
  interrupted: ', where it was interrupted',
  superseded: ', where it was stopped',
};

function attemptText(claim: SlotClaim, memberId: string): string {
  const { state, memberName, executionId } = claim;
  const isOwn = claim.memberId === memberId;
  if (isLost(claim)) {
    const who = isOwn ? 'this machine' : memberName;
    return `${who} was lost ${executionId === null ? 'before it started' : 'while it ran'} (no sign of life)`;
  }
  const where = isOwn ? 'on this machine' : `on ${memberName}`;
  return state === 'running' ? `started ${where}` : `ran ${where}${ends[state]}`;
}
