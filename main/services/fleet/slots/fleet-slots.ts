import type { SlotRecord } from '../../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../../contract/task.ts';
import { messageOf } from '../../../domain/errors.ts';
import { drainingText, type Equipment } from '../../../domain/fleet/eligibility.ts';
import type { FleetFile } from '../../../ports/fleet/fleet-file.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { SlotPlanner } from '../../schedule/slot-planner.ts';
import { isWithdrawnKey } from '../definitions/signed-definition.ts';
import { lackFor } from './equipment.ts';
import { isAway } from '../fleet-connection.ts';
import type { FleetClaims, SlotGrant, SlotStart } from './fleet-claims.ts';
import type { SlotStory } from './slot-stories.ts';

export interface FleetSlotsNeeds {
  readonly file: FleetFile;
  readonly claims: Pick<FleetClaims, 'claim' | 'stories'>;
  readonly planner: Pick<SlotPlanner, 'plan' | 'record'>;
  /** Names of the MCP servers and secrets of this machine. */
  readonly equipment: () => Promise<Omit<Equipment, 'tags'>>;
  readonly logger: Logger;
}

/** Two ISO instants, both included. */
export interface Period {
  readonly from: string;
  readonly until: string;
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
    if (fleet.draining) return drainingText;
    const distrust = this.distrust(task);
    if (distrust !== null) return distrust;
    const lack = lackFor(task, shared.runsOn, { tags: fleet.tags, ...(await this.#needs.equipment()) });
    return lack === null ? null : lack.replace(/^it /, 'this machine ');
  }

  /** Returns why this machine does not start the version of a task that it has: its person withdrew the key that signed it. */
  distrust({ id, shared }: Task): string | null {
    const fleet = this.#needs.file.read();
    if (fleet === null || shared === undefined) return null;
    const signer = fleet.signers[id];
    // Which key signed it does not depend on what the database says now. Where it is not known, the name must do.
    const isWithdrawn =
      signer?.revision === shared.revision
        ? isWithdrawnKey(fleet, signer.key)
        : fleet.withdrawn.some(({ name }) => name === shared.author);
    return isWithdrawn ? `this machine no longer accepts the key of ${shared.author}` : null;
  }

  claim(task: Task, start: SlotStart): Promise<SlotGrant> {
    return this.#needs.claims.claim(task, start);
  }

  /**
   * Returns the records of a task with what the other members did at each slot, as the fleet's database knows it now, also at
   * slots of which this machine has no record. The records as they are if the database does not answer.
   */
  async withStories(task: Task, records: readonly SlotRecord[], { from, until }: Period): Promise<SlotRecord[]> {
    try {
      const stories = await this.#needs.claims.stories(task.id, from, until);
      const known = new Set(records.map(({ slot }) => slot));
      const unknown = [...stories].filter(([slot, { isShared }]) => isShared && !known.has(slot));
      const all = [...records, ...unknown.map(([slot]) => unrecorded(task.id, slot))];
      return all
        .map((record) => withStory(record, stories.get(record.slot)))
        .sort((one, other) => Date.parse(one.slot) - Date.parse(other.slot));
    } catch (problem) {
      this.#needs.logger.warn('Could not ask the fleet about slots', { task: task.name, problem: messageOf(problem) });
      return [...records];
    }
  }

  /** Records the slots that other members started while nothing ran here: they were not missed. */
  async settleElsewhere(task: Task, file: ScheduleFile): Promise<void> {
    const { planner, claims, logger } = this.#needs;
    const open = planner.plan(task, file).filter((plan) => plan.action === 'skip' && notRunHere.has(plan.reason));
    const [first, last] = [open[0], open.at(-1)];
    if (first === undefined || last === undefined) return;
    try {
      const stories = await claims.stories(task.id, isoOf(first.slotMs), isoOf(last.slotMs));
      const plans = open.flatMap(({ slotMs }) => {
        const story = stories.get(isoOf(slotMs));
        if (story?.isShared !== true) return [];
        return { slotMs, action: 'skip' as const, reason: 'elsewhere' as const, detail: story.text };
      });
      planner.record(task, plans);
    } catch (problem) {
      if (!isAway(problem))
        logger.warn('Could not ask the fleet about missed slots', { task: task.name, problem: messageOf(problem) });
    }
  }
}

const unrecorded = (taskId: string, slot: string): SlotRecord => ({
  ...{ taskId, slot, state: 'unaccounted', reason: null, detail: null, executionId: null, recordedAt: null },
});

/** What this machine decided by itself, such as that it was paused, stays as it is. */
function withStory(record: SlotRecord, story: SlotStory | undefined): SlotRecord {
  if (story?.isShared !== true) return record;
  const { text: detail, ownExecutionId: executionId } = story;
  if (record.state === 'claimed') return { ...record, detail };
  const isTold = record.reason === 'elsewhere' || record.state === 'unaccounted' || record.state === 'due';
  if (!isTold) return record;
  if (executionId !== null) return { ...record, state: 'claimed', reason: null, detail, executionId };
  return { ...record, state: 'skipped', reason: 'elsewhere', detail };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
