import type { FleetGate } from '../../fleet/slots/fleet-gate.ts';
import type { HeldClaim } from '../../fleet/slots/fleet-claims.ts';
import type { Attempt } from './attempt.ts';

/**
 * Claims the slot of a task that one member of the fleet runs, before this machine's own claim.
 * @returns null if the attempt needs no claim; `refused`, after it told why, if it must not start
 */
export async function claimInFleet(
  fleet: Pick<FleetGate, 'claim'>,
  { task, slot, attempt, onUnclaimed }: Attempt,
  executionId: string,
): Promise<HeldClaim | null | 'refused'> {
  if (slot === null || task.shared === undefined) return null;
  const grant = await fleet.claim(task, { slot, attempt, executionId });
  if (grant === null) return null;
  if (grant.kind === 'won') return grant.held;
  onUnclaimed?.(grant);
  return 'refused';
}
