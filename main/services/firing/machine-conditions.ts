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
