import type { Attention } from '../../contract/attention.ts';
import { formatDuration } from '../../contract/durations.ts';
import { executionFilterSchema, type SlotRecord } from '../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { ImportedHistory } from '../../ports/ledger/history.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { WaitReason } from '../../ports/ledger/waits.ts';
import type { LedgerLosses } from '../../ports/ledger/losses.ts';
import { lateAfterMs } from './slot-planner.ts';
import type { SlotPlanner } from './slot-planner.ts';
import { findTask, findTiming } from './task-lookup.ts';

export interface SlotHistoryNeeds {
  readonly store: Store;
  readonly ledger: SlotClaims & ExecutionPages & LedgerLosses & Pick<ImportedHistory, 'replacement'>;
  readonly clock: Clock;
  readonly planner: Pick<SlotPlanner, 'plan' | 'policies' | 'slots' | 'waiting' | 'whyOpen'>;
  /** Returns the follow-ups and retries of a task that a budget kept from starting. */
  refusedRuns(task: Task): readonly { readonly at: string; readonly detail: string }[];
  readonly attention: {
    of(tasks: readonly Task[], file: ScheduleFile): ReadonlyMap<string, Attention[]>;
    /** Returns by how many ms a run started too late; null if it was in time. */
    lateStartOf(task: Task, slotMs: number, startedMs: number): number | null;
  };
}

const waitWords: Readonly<Record<WaitReason, string>> = {
  jitter: 'waits for its random delay',
  overlap: 'waits for the previous run to end',
  turn: 'waits for its turn among many runs',
};
const waitDetail = (reason: WaitReason | null): string => (reason === null ? 'is about to start' : waitWords[reason]);

/** Limit of expected slots to list, latest first. */
const slotLimit = 10_000;
const missedLimit = 1000;
const accountedTasks = 8;

/** Accounts for every expected slot of a task: which ran, which did not and why, and which are undecided. */
export class SlotHistory {
  readonly #needs: SlotHistoryNeeds;

  constructor(needs: SlotHistoryNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns the slots from `since` (default: a day ago) until now, oldest first. Slots in the ledger are returned as
   * recorded. The others follow from the current schedule since it was armed: `due` if they wait or the next fire would run them,
   * `unaccounted` with the reason the next fire would record, or without a reason if a later slot is already settled.
   * Follow-ups and retries that a budget refused are among them.
   * `detail` says so if the slot is from before a loss of the ledger, or before its beginning.
   * @throws SchedulerError `task/not-found`, `task/ambiguous`.
   */
  why(idOrName: string, since?: string): SlotRecord[] {
    const { store, ledger, clock, planner } = this.#needs;
    const file = store.read();
    const task = findTask(file, idOrName);
    const sinceMs = since === undefined ? clock.now() - dayMs : Date.parse(since);
    const sinceIso = new Date(sinceMs).toISOString();
    const outcomes = ledger.slotOutcomes(task.id, sinceIso);
    const records = this.#withDoubts(task.id, sinceIso, ledger.slots(task.id, sinceIso)).map((record) => {
      const outcome = outcomes.get(record.slot);
      return { ...this.#withLateness(task, record), ...(outcome === undefined ? {} : { outcome }) };
    });
    const recorded = new Set(records.map((record) => Date.parse(record.slot)));
    const plans = new Map(planner.plan(task, file).map((plan) => [plan.slotMs, plan]));
    const waiting = planner.waiting(task.id);
    const open = this.#expected(task, sinceMs)
      .filter((slotMs) => !recorded.has(slotMs))
      .map((slotMs): SlotRecord => {
        const plan = plans.get(slotMs);
        const wait = waiting.get(slotMs);
        const undecided = {
          taskId: task.id,
          slot: new Date(slotMs).toISOString(),
          executionId: null,
          recordedAt: null,
        };
        if (wait !== undefined) return { ...undecided, state: 'due', reason: null, detail: waitDetail(wait) };
        if (plan === undefined) return { ...undecided, state: 'unaccounted', reason: null, detail: this.#gap(slotMs) };
        if (plan.action === 'run') {
          return { ...undecided, state: 'due', reason: null, detail: planner.whyOpen(task, slotMs) };
        }
        return { ...undecided, state: 'unaccounted', reason: plan.reason, detail: plan.detail };
      });
    return [...records, ...this.#refused(task, sinceIso), ...open].sort(
      (a, b) => Date.parse(a.slot) - Date.parse(b.slot),
    );
  }

  /** Returns the runs without a slot that a budget kept from starting, as slots of the moment when they would have started. */
  #refused(task: Task, sinceIso: string): SlotRecord[] {
    return this.#needs
      .refusedRuns(task)
      .filter(({ at }) => at >= sinceIso)
      .map(({ at, detail }) => ({
        ...{ taskId: task.id, slot: at, state: 'skipped', reason: 'budget' },
        ...{ detail, executionId: null, recordedAt: at },
      }));
  }

  /** Returns what about a task needs attention now. @throws as `why`. */
  attention(idOrName: string): Attention[] {
    const file = this.#needs.store.read();
    const task = findTask(file, idOrName);
    return this.#needs.attention.of([task], file).get(task.id) ?? [];
  }

  /**
   * Returns the slots of a group that did not run, oldest first: the latest 1,000 recorded as skipped, for all tasks,
   * plus the slots that the next fire would skip, for the first tasks only, because computing them is slower than
   * reading.
   * @throws SchedulerError `timing/not-found`.
   */
  missed(timingId: string, since: string): SlotRecord[] {
    const { store, ledger } = this.#needs;
    const { taskIds } = findTiming(store.read(), timingId);
    const decided = ledger.skippedSlots(taskIds, new Date(since).toISOString(), missedLimit);
    const open = taskIds
      .slice(0, accountedTasks)
      .flatMap((id) => this.why(id, since).filter(({ state }) => state === 'unaccounted'));
    return [...decided, ...open].sort((a, b) => Date.parse(a.slot) - Date.parse(b.slot));
  }

  /** Adds to the slots whose run is doubtful why it is. */
  #withDoubts(taskId: string, since: string, records: SlotRecord[]): SlotRecord[] {
    const filter = executionFilterSchema.parse({ taskId, since, doubtful: true, limit: 1000 });
    const doubts = new Map(this.#needs.ledger.list(filter).executions.map((run) => [run.executionId, run.doubt]));
    if (doubts.size === 0) return records;
    return records.map((record) => {
      const doubt = doubts.get(record.executionId ?? '');
      return doubt === undefined ? record : { ...record, detail: `doubtful: ${doubt.message}` };
    });
  }

  /** Adds that a slot started later than the task allows, or so late that it was a catch-up. */
  #withLateness(task: Task, record: SlotRecord): SlotRecord {
    if (record.state !== 'claimed' || record.detail !== null || record.recordedAt === null) return record;
    const [slotMs, startedMs] = [Date.parse(record.slot), Date.parse(record.recordedAt)];
    const allowedMs = lateAfterMs + this.#needs.planner.policies(task).jitterMs;
    const overdueMs = startedMs - slotMs > allowedMs ? startedMs - slotMs : null;
    const lateMs = this.#needs.attention.lateStartOf(task, slotMs, startedMs) ?? overdueMs;
    return lateMs === null ? record : { ...record, detail: `started ${formatDuration(lateMs)} late` };
  }

  /** Returns why the ledger knows nothing of a slot, or null if it is from a time that the ledger covers. */
  #gap(slotMs: number): string | null {
    const { ledger } = this.#needs;
    const floor = ledger.floor();
    if (floor === null || slotMs > Date.parse(floor)) return null;
    const isLost = ledger.loss() !== null || ledger.replacement()?.complete === false;
    return isLost
      ? `no record: the ledger was lost or damaged before ${floor}, so the slot may have run, and does not run again`
      : `no record: the ledger began on ${floor}, after the slot`;
  }

  #expected(task: Task, sinceMs: number): number[] {
    const armedMs = Date.parse(task.armedAt ?? task.createdAt);
    return this.#needs.planner.slots(task, Math.max(sinceMs - 1, armedMs), this.#needs.clock.now(), slotLimit);
  }
}
