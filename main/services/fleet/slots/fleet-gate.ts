import type { SlotRecord } from '../../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../../contract/task.ts';
import { messageOf } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { SlotGrant, SlotStart } from './fleet-claims.ts';
import type { FleetSlots, Period } from './fleet-slots.ts';

export interface FleetGateNeeds {
  /** True if this machine has joined a fleet. Looks at one file. */
  readonly inFleet: () => boolean;
  /** Loads what talks to the fleet. */
  readonly slots: () => Promise<FleetSlots>;
  /** Takes over what other members changed, and gives a sign of life. */
  readonly refresh: () => Promise<unknown>;
  /** Reports runs of shared tasks to the fleet. */
  readonly report: () => Promise<void>;
  readonly ledger: Marks;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Neither a fire nor a person waits longer for the fleet's database, in ms. */
const patienceMs = 2000;
const keptOpen = 100;

/** The way of the engine to the fleet. Loads nothing of it for tasks that are not shared. */
export class FleetGate {
  readonly #needs: FleetGateNeeds;

  constructor(needs: FleetGateNeeds) {
    this.#needs = needs;
  }

  /** True if this machine has joined a fleet. */
  get inFleet(): boolean {
    return this.#needs.inFleet();
  }

  /** Takes over the definitions of the fleet, if its database answers soon; otherwise those of the last time count. */
  async refresh(): Promise<void> {
    await this.soon('Could not read the tasks of the fleet', () => this.#needs.refresh());
  }

  /** Reports a run of a shared task, if the database answers soon; otherwise it is reported later. */
  async report(): Promise<void> {
    await this.soon('Could not report a run to the fleet', () => this.#needs.report());
  }

  /** Returns what an action on the fleet's database returns, if that answers soon; otherwise null, and a failure is logged. */
  async soon<T>(failure: string, action: () => Promise<T>): Promise<T | null> {
    const answer = action().catch((problem: unknown) => {
      this.#needs.logger.warn(failure, { problem: messageOf(problem) });
      return null;
    });
    return this.#soon<T | null>(answer, null);
  }

  async #soon<T>(answer: Promise<T>, otherwise: T): Promise<T> {
    let cancel: () => void = () => undefined;
    const late = new Promise<T>((resolve) => {
      cancel = this.#needs.clock.setTimer(() => resolve(otherwise), patienceMs);
    });
    return Promise.race([answer, late]).finally(cancel);
  }

  /** Returns the records of a task with what the other members did, if the fleet's database answers soon. */
  async withStories(task: Task, records: SlotRecord[], period: Period): Promise<SlotRecord[]> {
    if (!isOfOne(task) || !this.inFleet) return records;
    return this.#soon((await this.#needs.slots()).withStories(task, records, period), records);
  }

  /** Records the slots that other members started while nothing ran here. */
  async settleElsewhere(tasks: readonly Task[], file: ScheduleFile): Promise<void> {
    for (const task of tasks) if (isOfOne(task)) await (await this.#needs.slots()).settleElsewhere(task, file);
  }

  /** Returns why this machine may not run a task; null if it may. */
  async obstacle(task: Task): Promise<string | null> {
    return task.shared === undefined ? null : (await this.#needs.slots()).obstacle(task);
  }

  /** Returns why this machine may not start a task at all by itself; null if it may. */
  async distrust(task: Task): Promise<string | null> {
    return task.shared === undefined ? null : (await this.#needs.slots()).distrust(task);
  }

  /** Claims a start of a task that one member runs. Returns null for every other task: it needs no claim. */
  async claim(task: Task, start: SlotStart): Promise<SlotGrant | null> {
    if (!isOfOne(task)) return null;
    const grant = await (await this.#needs.slots()).claim(task, start);
    if (grant.kind === 'open') this.#leaveOpen(task, start.slot, grant.detail);
    return grant;
  }

  /** Returns why a slot was left open, such as `the fleet's database was away`; null if it was not. */
  whyOpen(task: Task, slotMs: number): string | null {
    return isOfOne(task) ? (this.#open(task.id)[new Date(slotMs).toISOString()] ?? null) : null;
  }

  #leaveOpen({ id }: Task, slot: string, detail: string): void {
    const open = Object.entries({ ...this.#open(id), [slot]: detail }).sort(([a], [b]) => (a < b ? -1 : 1));
    this.#needs.ledger.setMark(markOf(id), JSON.stringify(Object.fromEntries(open.slice(-keptOpen))));
  }

  #open(taskId: string): Readonly<Record<string, string>> {
    const mark = this.#needs.ledger.mark(markOf(taskId));
    return mark === null ? {} : (JSON.parse(mark) as Record<string, string>);
  }
}

const markOf = (taskId: string): string => `fleet-open ${taskId}`;

/** True if only one member runs a slot of this task. */
const isOfOne = ({ shared }: Task): boolean => shared?.runsOn.mode === 'one';
