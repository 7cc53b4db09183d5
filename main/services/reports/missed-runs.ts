import { executionFilterSchema, type SlotRecord } from '../../contract/execution.ts';
import { missedSlotLimit, type MissedCause, type MissedReport, type MissedTask } from '../../contract/missed-runs.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { dayMs, minuteMs } from '../../domain/durations.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Store } from '../../ports/store.ts';

export interface MissedRunsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: Pick<SlotClaims, 'missedOf'> & ExecutionPages;
  readonly clock: Pick<Clock, 'now'>;
}

/** Older slots are not worth running any more; `why` still lists them. */
const reportedDays = 7;
/** A task that started this close to a slot shows that the machine was on, as in the explanation of one slot. */
const aroundMs = 5 * minuteMs;
const runsAround = 50;

/** Reports which slots of which tasks were missed in the last seven days and have not run since, by cause. */
export class MissedRuns {
  readonly #needs: MissedRunsNeeds;

  constructor(needs: MissedRunsNeeds) {
    this.#needs = needs;
  }

  /** @param recordedAfter leaves out what was recorded as missed at or before this ISO instant */
  report(recordedAfter: string | null): MissedReport {
    const { store, ledger, clock } = this.#needs;
    const file = store.read();
    const found = ledger.missedOf(Object.keys(file.tasks), {
      since: new Date(clock.now() - reportedDays * dayMs).toISOString(),
      recordedAfter: recordedAfter ?? new Date(0).toISOString(),
      limit: missedSlotLimit + 1,
    });
    const slots = found.slice(-missedSlotLimit).filter((record) => isStillScheduled(record, file));
    const recorded = slots.map(({ recordedAt }) => recordedAt ?? '').sort();
    return {
      count: slots.length,
      isPartial: found.length > missedSlotLimit,
      recordedAt: recorded.at(-1) ?? null,
      causes: this.#causes(slots, file),
    };
  }

  #causes(slots: readonly SlotRecord[], file: ScheduleFile): MissedReport['causes'] {
    const starts = new Map<string, ReadonlySet<string>>();
    const byCause = new Map<MissedCause, SlotRecord[]>();
    for (const record of slots) {
      const started = starts.get(record.slot) ?? this.#startedAround(record.slot);
      starts.set(record.slot, started);
      const others = [...started].some((taskId) => taskId !== record.taskId);
      const cause = others ? 'others-ran' : 'silence';
      byCause.set(cause, [...(byCause.get(cause) ?? []), record]);
    }
    return [...byCause].map(([cause, records]) => ({ cause, ...spanOf(records), tasks: tasksOf(records, file) }));
  }

  /** Returns the tasks that started around a slot. */
  #startedAround(slot: string): ReadonlySet<string> {
    const [since, until] = [-aroundMs, aroundMs].map((ms) => new Date(Date.parse(slot) + ms).toISOString());
    const { executions } = this.#needs.ledger.list(executionFilterSchema.parse({ since, until, limit: runsAround }));
    return new Set(executions.map(({ taskId }) => taskId));
  }
}

/** Returns whether the schedule of the task still has the slot. After a change of the schedule, nothing can run it. */
function isStillScheduled({ taskId, slot }: SlotRecord, file: ScheduleFile): boolean {
  const task = file.tasks[taskId];
  const slotMs = Date.parse(slot);
  if (task === undefined) return false;
  // A change of the schedule arms the task again, and most slots are later: computing each would take a second.
  if (slotMs > Date.parse(task.armedAt ?? task.createdAt)) return true;
  return slotsBetween(specOf(task), slotMs - 1, slotMs, 1).length > 0;
}

/** @param records oldest first, at least one */
function spanOf(records: readonly SlotRecord[]): Pick<MissedTask, 'count' | 'first' | 'last'> {
  return { count: records.length, first: records[0]?.slot ?? '', last: records.at(-1)?.slot ?? '' };
}

function tasksOf(records: readonly SlotRecord[], file: ScheduleFile): MissedTask[] {
  const byTask = new Map<string, SlotRecord[]>();
  for (const record of records) byTask.set(record.taskId, [...(byTask.get(record.taskId) ?? []), record]);
  return [...byTask]
    .map(([taskId, own]) => ({ taskId, taskName: file.tasks[taskId]?.name ?? taskId, ...spanOf(own) }))
    .sort((a, b) => b.count - a.count || a.taskName.localeCompare(b.taskName));
}
