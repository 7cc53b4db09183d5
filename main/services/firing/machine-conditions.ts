import { createHash } from 'node:crypto';
import type { ResolvedPolicies } from '../../domain/policy/resolved-policies.ts';
import type { MachineConditions } from '../../ports/machine-conditions.ts';

/**
 * Returns why this machine may not run the task now, or null. A condition that the system cannot report counts as met.
 */
export async function unmetCondition(policies: ResolvedPolicies, machine: MachineConditions): Promise<string | null> {
  if (policies.onACPower && (await machine.onACPower()) === false) return 'the machine was on battery';
  if (policies.online && (await machine.online()) === false) return 'the machine was offline';
  return null;
}

/**
 * Returns the jitter of a slot in ms. It is derived from the task and the slot, so that every process that fires the
 * slot gets the same delay.
 */
export function slotJitter(taskId: string, slotMs: number, jitterMs: number): number {
  if (jitterMs === 0) return 0;
  const draw = createHash('sha256').update(`${taskId} ${slotMs}`).digest().readUInt32BE(0);
  return Math.floor((draw / 2 ** 32) * jitterMs);
}
