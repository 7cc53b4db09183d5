/** One start of a task in the fleet. */
export interface ClaimKey {
  readonly taskId: string;
  /** ISO instant in UTC. */
  readonly slot: string;
  /** From 1. */
  readonly attempt: number;
}

export type ClaimState = 'running' | 'success' | 'failure' | 'cancelled' | 'interrupted' | 'superseded';

export interface SlotClaim extends ClaimKey {
  readonly memberId: string;
  readonly memberName: string;
  /** Grows with each take-over. A member that holds an older one can write nothing more. */
  readonly fence: number;
  readonly state: ClaimState;
  readonly executionId: string | null;
  /** ISO instants, by the database's clock. */
  readonly claimedAt: string;
  readonly seenAt: string;
  readonly endedAt: string | null;
  /** Why it ended so, for a person; null if there is nothing to say. */
  readonly reason: string | null;
}

export interface ReleasedClaim {
  readonly memberId: string;
  readonly fence: number;
  /** The execution with which it was, or would have been, `started`. */
  readonly executionId: string;
}

/** How the fleet is doing, by its claims. */
export interface ClaimCounts {
  /** Claims of the slots of the last hour, by state. */
  readonly lastHour: Readonly<Record<ClaimState, number>>;
  /** Claims whose run has not ended. */
  readonly running: number;
  /** For how long the run that has been quiet the longest has given no sign of life, in ms; null if none runs. */
  readonly longestQuietMs: number | null;
}

export type ClaimResult =
  | { readonly won: true; readonly fence: number }
  /** The claim that was there before; null if the claims of that time were folded. */
  | { readonly won: false; readonly holder: SlotClaim | null };

/**
 * The truth about who runs which slot of a task that one member runs. Claims are kept for at least 90 days, then folded into
 * one mark for each task: a slot at or before it can be claimed no more.
 */
export interface SlotClaims {
  /**
   * Claims a start, at most once in the fleet. The same member that asks again after it lost the answer wins again, with the
   * same fence, unless it said `started` before. So two processes of one member can both win: `started` decides.
   * A member that drains claims only the next attempt at a slot of its own.
   * @throws SchedulerError `fleet/not-a-member`, `fleet/draining`.
   */
  claim(key: ClaimKey, member: { readonly id: string }): Promise<ClaimResult>;
  /**
   * Gives back a claim whose run did not begin: deletes it, so that every member can claim the slot again. Does nothing if the
   * fence is old, the run has ended, or another execution or member has the claim.
   */
  release(key: ClaimKey, claim: ReleasedClaim): Promise<void>;
  /**
   * The run begins. Returns false, and writes nothing, if the fence is old, the claim has ended, or another execution has
   * started with it: then it must not start. Returns true again for the same execution, whose answer may have been lost.
   */
  started(key: ClaimKey, fence: number, executionId: string): Promise<boolean>;
  /** Prolongs leases. Returns those that are no longer held: their runs must end. */
  beat(memberId: string, held: readonly (ClaimKey & { readonly fence: number })[]): Promise<ClaimKey[]>;
  /**
   * Records how a run ended. Returns false, and writes nothing, if the fence is old or the run ended in another way. Returns
   * true again for the same state, whose answer may have been lost.
   */
  end(
    key: ClaimKey,
    fence: number,
    end: { readonly state: Exclude<ClaimState, 'running'>; readonly reason: string | null },
  ): Promise<boolean>;
  /**
   * Ends the claims of runs that have given no sign of life for `leaseMs` as `interrupted`, with a new fence, and returns them.
   * Each is returned to one caller only.
   */
  endLost(leaseMs: number, reason: string): Promise<SlotClaim[]>;
  /**
   * Returns the claims that `endLost` ended in the last `withinMs` and that no later attempt has followed, longest ended first:
   * another member may make the next attempt.
   */
  lost(withinMs: number): Promise<SlotClaim[]>;
  /** Returns the claims of a task between two instants, both included, by slot and attempt. */
  of(taskId: string, from: string, until: string): Promise<SlotClaim[]>;
  counts(): Promise<ClaimCounts>;
  /** Folds claims of slots older than `keepMs` (at least 90 days) that have ended. Returns how many rows it removed. */
  fold(keepMs: number): Promise<number>;
}
