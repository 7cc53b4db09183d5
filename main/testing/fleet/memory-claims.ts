import { draining } from '../../domain/fleet/eligibility.ts';
import type { ClaimCounts, ClaimKey, SlotClaim, SlotClaims } from '../../ports/fleet/slot-claims.ts';
import { claimId, type DatabaseWorld } from './fleet-tables.ts';
import { notAMember } from './memory-members.ts';

const shortestKeepMs = 90 * 86_400_000;

export function memoryClaims({ tables, clock, line }: DatabaseWorld): SlotClaims {
  const { claims } = tables;
  const named = (claim: Omit<SlotClaim, 'memberName'>): SlotClaim => ({
    ...claim,
    memberName: tables.members.get(claim.memberId)?.name ?? '',
  });
  const held = (key: ClaimKey, fence: number) => {
    const claim = claims.get(claimId(key));
    return claim?.fence === fence ? claim : null;
  };
  const write = (claim: Omit<SlotClaim, 'memberName'>): void => void claims.set(claimId(claim), claim);
  return {
    claim: (key, { id }) => line.call(() => claimIn({ tables, now: clock.nowIso(), named }, key, id)),
    release: (key, { memberId, fence, executionId }) =>
      line.call(() => {
        const claim = held(key, fence);
        const isOwn = claim?.memberId === memberId && (claim.executionId ?? executionId) === executionId;
        if (isOwn && claim.state === 'running') claims.delete(claimId(key));
      }),
    started: (key, fence, executionId) =>
      line.call(() => {
        const claim = held(key, fence);
        if (claim?.state !== 'running' || (claim.executionId ?? executionId) !== executionId) return false;
        write({ ...claim, executionId, seenAt: clock.nowIso() });
        return true;
      }),
    beat: (memberId, runs) =>
      line.call(() => {
        const lost = runs.filter((run) => {
          const claim = held(run, run.fence);
          if (claim?.state !== 'running' || claim.memberId !== memberId) return true;
          write({ ...claim, seenAt: clock.nowIso() });
          return false;
        });
        return lost.map(({ taskId, slot, attempt }) => ({ taskId, slot, attempt }));
      }),
    end: (key, fence, { state, reason }) =>
      line.call(() => {
        const claim = held(key, fence);
        if (claim?.state === state) return true;
        if (claim?.state !== 'running') return false;
        write({ ...claim, state, reason, endedAt: clock.nowIso() });
        return true;
      }),
    ...oldClaims({ tables, clock, line }, named),
  };
}

function oldClaims(
  { tables: { claims, marks }, clock, line }: DatabaseWorld,
  named: (claim: Omit<SlotClaim, 'memberName'>) => SlotClaim,
): Pick<SlotClaims, 'endLost' | 'lost' | 'of' | 'counts' | 'fold'> {
  return {
    endLost: (leaseMs, reason) =>
      line.call(() => {
        const before = clock.now() - leaseMs;
        const lost = [...claims.values()].filter(({ state, seenAt }) => state === 'running' && at(seenAt) < before);
        return lost.map((claim) => {
          const ended = { state: 'interrupted' as const, reason, endedAt: clock.nowIso() };
          const lostClaim = { ...claim, ...ended, fence: claim.fence + 1 };
          claims.set(claimId(claim), lostClaim);
          return named(lostClaim);
        });
      }),
    lost: (withinMs) =>
      line.call(() => {
        const all = [...claims.values()];
        const after = clock.now() - withinMs;
        return all
          .filter(({ fence, state, endedAt }) => fence > 1 && state === 'interrupted' && at(endedAt ?? '') > after)
          .filter(
            ({ taskId, slot, attempt }) =>
              !all.some((later) => later.taskId === taskId && later.slot === slot && later.attempt > attempt),
          )
          .sort((a, b) => at(a.endedAt ?? '') - at(b.endedAt ?? ''))
          .map(named);
      }),
    of: (taskId, from, until) =>
      line.call(() =>
        [...claims.values()]
          .filter(({ slot, taskId: task }) => task === taskId && slot >= from && slot <= until)
          .sort((a, b) => at(a.slot) - at(b.slot) || a.attempt - b.attempt)
          .map(named),
      ),
    counts: () => line.call(() => countsOf([...claims.values()], clock.now())),
    fold: (keepMs) =>
      line.call(() => {
        const before = clock.now() - Math.max(keepMs, shortestKeepMs);
        const old = [...claims.values()].filter(({ state, slot }) => state !== 'running' && at(slot) < before);
        for (const claim of old) {
          claims.delete(claimId(claim));
          const mark = marks.get(claim.taskId) ?? '';
          if (claim.slot > mark) marks.set(claim.taskId, claim.slot);
        }
        return old.length;
      }),
  };
}

function countsOf(claims: readonly Pick<SlotClaim, 'slot' | 'state' | 'seenAt'>[], nowMs: number): ClaimCounts {
  const lastHour = { running: 0, success: 0, failure: 0, cancelled: 0, interrupted: 0, superseded: 0 };
  for (const { slot, state } of claims) if (at(slot) > nowMs - 3_600_000 && at(slot) <= nowMs) lastHour[state] += 1;
  const quiet = claims.filter(({ state }) => state === 'running').map(({ seenAt }) => nowMs - at(seenAt));
  return { lastHour, running: quiet.length, longestQuietMs: quiet.length === 0 ? null : Math.max(...quiet) };
}

const at = (instant: string): number => Date.parse(instant);

interface ClaimWorld {
  readonly tables: DatabaseWorld['tables'];
  readonly now: string;
  readonly named: (claim: Omit<SlotClaim, 'memberName'>) => SlotClaim;
}

function claimIn({ tables, now, named }: ClaimWorld, key: ClaimKey, memberId: string) {
  const member = tables.members.get(memberId);
  if (member === undefined || member.left) throw notAMember(memberId);
  const there = tables.claims.get(claimId(key));
  if (there === undefined) {
    const before = tables.claims.get(claimId({ ...key, attempt: key.attempt - 1 }));
    if (member.draining && before?.memberId !== memberId) throw draining();
    if (key.slot <= (tables.marks.get(key.taskId) ?? '')) return { won: false, holder: null } as const;
    const { taskId, slot, attempt } = key;
    const state = { state: 'running' as const, executionId: null, endedAt: null, reason: null };
    tables.claims.set(claimId(key), {
      ...{ taskId, slot, attempt, memberId, fence: 1, claimedAt: now, seenAt: now },
      ...state,
    });
    return { won: true, fence: 1 } as const;
  }
  const asksAgain = there.memberId === memberId && there.state === 'running' && there.executionId === null;
  if (asksAgain) return { won: true, fence: there.fence } as const;
  return { won: false, holder: named(there) } as const;
}
