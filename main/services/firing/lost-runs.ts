import { messageOf } from '../../domain/errors.ts';
import type { ResolvedPolicies } from '../../domain/policy/resolved-policies.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SlotClaim } from '../../ports/fleet/slot-claims.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { Logger } from '../../ports/logger.ts';
import type { MachineConditions } from '../../ports/machine-conditions.ts';
import type { Store } from '../../ports/store.ts';
import type { FleetGate } from '../fleet/slots/fleet-gate.ts';
import { isAllPaused } from '../schedule/all-paused.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { unmetCondition } from './machine-conditions.ts';
import type { TimingExecutor } from './timing-executor.ts';

export interface LostRunsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: Pick<ExecutionRecords, 'running'> & Pick<SlotClaims, 'slotOutcomes'>;
  readonly clock: Clock;
  readonly planner: Pick<SlotPlanner, 'policies' | 'slots' | 'dayOff'>;
  readonly conditions: MachineConditions;
  readonly fleet: Pick<FleetGate, 'obstacle'>;
  readonly executor: Pick<TimingExecutor, 'takeOver'>;
  readonly logger: Logger;
}

/** Makes the next attempt of runs whose members were lost, where their tasks allow it. */
export class LostRuns {
  readonly #needs: LostRunsNeeds;
  readonly #taken = new Set<string>();

  constructor(needs: LostRunsNeeds) {
    this.#needs = needs;
  }

  /**
   * Takes over what this machine may run. A run that it cannot take now, such as one of a task that runs here already, is left:
   * the fleet lists it again. Never throws. Resolves when the runs have ended.
   */
  async takeOver(lost: readonly SlotClaim[]): Promise<void> {
    await Promise.all(lost.map((claim) => this.#takeOver(claim)));
  }

  async #takeOver(claim: SlotClaim): Promise<void> {
    const { taskId, slot, attempt, memberName } = claim;
    const name = `${taskId} ${slot} ${attempt}`;
    if (this.#taken.has(name)) return;
    this.#taken.add(name);
    let isMade = false;
    try {
      const task = await this.#takeable(claim);
      if (task === null) return;
      this.#needs.logger.info('Takes over a run that was lost', { task: task.name, slot, from: memberName });
      const made = await this.#needs.executor.takeOver(task, slot, attempt + 1);
      isMade = made.length > 0;
    } catch (problem) {
      this.#needs.logger.error('Could not take over a run that was lost', {
        taskId,
        slot,
        problem: messageOf(problem),
      });
    } finally {
      // What was made once is not made again, whatever the database says.
      if (!isMade) this.#taken.delete(name);
    }
  }

  /** Returns the task of a lost run if this machine may make its next attempt now. */
  async #takeable(claim: SlotClaim): Promise<Task | null> {
    const { store, clock, planner, ledger, fleet, conditions } = this.#needs;
    const file = store.read();
    const task = Object.hasOwn(file.tasks, claim.taskId) ? file.tasks[claim.taskId] : undefined;
    if (task === undefined || isStopped(task, file, clock.now())) return null;
    if (!this.#isSlotOf(task, claim.slot)) return null;
    const policies = planner.policies(task);
    if (!isTakenOver(policies, claim) || clock.now() - Date.parse(claim.slot) > policies.catchUpWindowMs) return null;
    const runsHere = ledger.running().some(({ execution }) => execution.taskId === task.id);
    if (runsHere && policies.overlap !== 'allow-all') return null;
    if ((await fleet.obstacle(task)) !== null || (await unmetCondition(policies, conditions)) !== null) return null;
    return task;
  }

  /**
   * Anyone who can write to the database can write claims: what is signed is the task with its schedule, so only a slot of that,
   * whose run did not succeed here, may run again.
   */
  #isSlotOf(task: Task, slot: string): boolean {
    const { clock, planner, ledger } = this.#needs;
    const slotMs = Date.parse(slot);
    if (!(slotMs <= clock.now()) || planner.slots(task, slotMs - 1, slotMs, 1)[0] !== slotMs) return false;
    return planner.dayOff(task, slotMs) === null && ledger.slotOutcomes(task.id, slot).get(slot) !== 'success';
  }
}

/** A one-off task that every other member has completed may still be taken over. */
const isStopped = (task: Task, file: ScheduleFile, nowMs: number): boolean =>
  task.shared?.runsOn.mode !== 'one' || task.status === 'paused' || task.status === 'error' || isAllPaused(file, nowMs);

/** A run that never began is always made by another member. One that began counts as a retry: a task without retries has one. */
function isTakenOver({ ifLost, retries }: ResolvedPolicies, { executionId, attempt }: SlotClaim): boolean {
  return (executionId === null || ifLost === 'take-over') && attempt <= Math.max(retries.count, 1);
}
