import type { ScheduleFile, Task } from '../../contract/task.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Equipment } from '../../domain/fleet/eligibility.ts';
import type { FleetFile } from '../../ports/fleet/fleet-file.ts';
import type { Logger } from '../../ports/logger.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { lackFor } from './equipment.ts';
import { isAway } from './fleet-connection.ts';
import type { FleetClaims, SlotGrant, SlotStart } from './fleet-claims.ts';

export interface FleetSlotsNeeds {
  readonly file: FleetFile;
  readonly claims: Pick<FleetClaims, 'claim' | 'startedElsewhere'>;
  readonly planner: Pick<SlotPlanner, 'plan' | 'record'>;
  /** Names of the MCP servers and secrets of this machine. */
  readonly equipment: () => Promise<Omit<Equipment, 'tags'>>;
  readonly logger: Logger;
}

/** Reasons that the ledger gives for a slot that nobody ran here. */
const notRunHere: ReadonlySet<string> = new Set(['missed', 'catch-up-window', 'superseded']);

/** Decides whether this member of the fleet runs a slot of a shared task. */
export class FleetSlots {
  readonly #needs: FleetSlotsNeeds;

  constructor(needs: FleetSlotsNeeds) {
    this.#needs = needs;
  }

  /** Returns why this machine may not run a shared task, such as `this machine lacks the tag gpu`; null if it may. */
  async obstacle(task: Task): Promise<string | null> {
    const { shared } = task;
    if (shared === undefined) return null;
    const fleet = this.#needs.file.read();
    if (fleet === null || fleet.fleetId !== shared.fleetId) return 'this machine is not in the fleet of the task';
    const lack = lackFor(task, shared.runsOn, { tags: fleet.tags, ...(await this.#needs.equipment()) });
    return lack === null ? null : lack.replace(/^it /, 'this machine ');
  }

  claim(task: Task, start: SlotStart): Promise<SlotGrant> {
    return this.#needs.claims.claim(task, start);
  }

  /** Records the slots that other members started while nothing ran here: they were not missed. */
  async settleElsewhere(task: Task, file: ScheduleFile): Promise<void> {
    const { planner, claims, logger } = this.#needs;
    const open = planner.plan(task, file).filter((plan) => plan.action === 'skip' && notRunHere.has(plan.reason));
    const [first, last] = [open[0], open.at(-1)];
    if (first === undefined || last === undefined) return;
    try {
      const started = await claims.startedElsewhere(task.id, isoOf(first.slotMs), isoOf(last.slotMs));
      const plans = open.flatMap(({ slotMs }) => {
        const detail = started.get(isoOf(slotMs));
        return detail === undefined ? [] : { slotMs, action: 'skip' as const, reason: 'elsewhere' as const, detail };
      });
      planner.record(task, plans);
    } catch (problem) {
      if (!isAway(problem))
        logger.warn('Could not ask the fleet about missed slots', { task: task.name, problem: messageOf(problem) });
    }
  }
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
