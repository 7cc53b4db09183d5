import type { BackfillPreview, BackfillRequest, PastSlot } from '../../contract/backfill.ts';
import { executionFilterSchema, type ExecutionStatus, type SlotRecord } from '../../contract/execution.ts';
import { isOnDemand } from '../../contract/schedule-rule.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { dayMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { taskFailed } from '../../domain/statuses.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { LedgerLosses } from '../../ports/ledger/losses.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Store } from '../../ports/store.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { findTask } from '../schedule/task-lookup.ts';

/** Retention keeps the records of slots at least this long. An older slot without a record may have run. */
const keptDays = 60;
const slotLimit = 10_000;
const pageSize = 1000;
const missedReasons: ReadonlySet<string> = new Set(['missed', 'catch-up-window', 'superseded']);

export interface BackfillPlanNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: SlotClaims & LedgerLosses & ExecutionPages;
  readonly clock: Clock;
  readonly planner: Pick<SlotPlanner, 'plan' | 'slots' | 'dayOff'>;
}

export interface BackfillPlan {
  readonly task: Task;
  readonly preview: BackfillPreview;
  /** Oldest first. */
  readonly slots: readonly PastSlot[];
}

type Fate = PastSlot | 'ran' | 'notMissed' | 'unknown';

/** Finds the slots of the past that a backfill would run, and counts the others. Writes nothing. */
export class BackfillPlanner {
  readonly #needs: BackfillPlanNeeds;

  constructor(needs: BackfillPlanNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError `task/not-found`, `task/ambiguous`. */
  task(taskId: string): Task {
    return findTask(this.#needs.store.read(), taskId);
  }

  /** @throws SchedulerError `task/not-found`, `task/ambiguous`, `usage/period`, `usage/no-slots`. */
  plan(request: BackfillRequest): BackfillPlan {
    const file = this.#needs.store.read();
    const task = findTask(file, request.taskId);
    if (isOnDemand(task)) throw withoutSlots(task);
    const { sinceMs, untilMs } = this.#period(request);
    const fates = this.#fates(task, file, request, { sinceMs, untilMs });
    const slots = fates.flatMap((fate) => (typeof fate === 'string' ? [] : [fate]));
    const count = (wanted: Fate): number => fates.filter((fate) => fate === wanted).length;
    const preview = {
      ...{ taskId: task.id, taskName: task.name },
      since: new Date(sinceMs).toISOString(),
      until: new Date(untilMs).toISOString(),
      slots: slots.map(({ slot }) => slot),
      left: { ran: count('ran'), notMissed: count('notMissed'), unknown: count('unknown') },
    };
    return { task, preview, slots };
  }

  #period({ since, until }: BackfillRequest): { readonly sinceMs: number; readonly untilMs: number } {
    const nowMs = this.#needs.clock.now();
    const sinceMs = Date.parse(since);
    const untilMs = Math.min(nowMs, until === undefined ? nowMs : Date.parse(until));
    if (sinceMs > untilMs) throw badPeriod('since must be in the past and before until.', { since, until });
    return { sinceMs, untilMs };
  }

  #fates(
    task: Task,
    file: ScheduleFile,
    request: BackfillRequest,
    { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
  ): Fate[] {
    const { planner, ledger, clock } = this.#needs;
    const plans = planner.plan(task, file);
    // The scheduler is about to run these; a claim of a later slot would hide them from it.
    const firstDueMs = plans.find(({ action }) => action === 'run')?.slotMs ?? Infinity;
    const expected = planner
      .slots(task, sinceMs - 1, Math.min(untilMs, firstDueMs - 1), slotLimit + 1)
      .filter((slotMs) => planner.dayOff(task, slotMs) === null);
    if (expected.length > slotLimit) {
      throw badPeriod(`The period has more than ${slotLimit} slots. Choose a shorter one.`, { limit: slotLimit });
    }
    const records = new Map(
      ledger.slots(task.id, new Date(sinceMs).toISOString()).map((record) => [Date.parse(record.slot), record]),
    );
    const missed = new Set(
      plans.flatMap((plan) => (plan.action === 'skip' && missedReasons.has(plan.reason) ? plan.slotMs : [])),
    );
    const lostMs = ledger.loss()?.at ?? 0;
    const unknownMs = Math.max(new Date(lostMs).getTime(), clock.now() - keptDays * dayMs);
    const outcomes = request.again === undefined ? null : this.#outcomes(task.id, sinceMs);
    return expected.map((slotMs): Fate => {
      const slot = new Date(slotMs).toISOString();
      const record = records.get(slotMs);
      if (record?.state === 'claimed') return again(record, request.again, outcomes?.get(slot) ?? []);
      if (record === undefined && slotMs <= unknownMs && request.again !== 'all') return 'unknown';
      const isMissed = record === undefined ? missed.has(slotMs) : missedReasons.has(record.reason ?? '');
      return request.onlyMissed === true && !isMissed ? 'notMissed' : { slot, replaces: null };
    });
  }

  /** Returns how the runs of each slot ended, newest first. */
  #outcomes(taskId: string, sinceMs: number): Map<string, ExecutionStatus[]> {
    const bySlot = new Map<string, ExecutionStatus[]>();
    const since = new Date(sinceMs).toISOString();
    for (let offset = 0; ; offset += pageSize) {
      const filter = executionFilterSchema.parse({ taskId, since, limit: pageSize, offset });
      const { executions } = this.#needs.ledger.list(filter);
      for (const { slot, status } of executions) {
        if (slot !== null) bySlot.set(slot, [...(bySlot.get(slot) ?? []), status]);
      }
      if (executions.length < pageSize) return bySlot;
    }
  }
}

/** Returns whether a slot that ran runs again. A slot of which any run succeeded has neither failed nor stopped early. */
function again(record: SlotRecord, wanted: BackfillRequest['again'], outcomes: readonly ExecutionStatus[]): Fate {
  const [last] = outcomes;
  if (wanted === undefined || outcomes.includes('running')) return 'ran';
  const unfinished = last === 'cancelled' || last === 'interrupted';
  const failed = unfinished || (last !== undefined && taskFailed.has(last));
  const matches = wanted === 'all' || (!outcomes.includes('success') && (wanted === 'failed' ? failed : unfinished));
  return matches ? { slot: record.slot, replaces: record.recordedAt } : 'ran';
}

function withoutSlots({ name }: Task): SchedulerError {
  const message = `"${name}" runs only on demand, so it has no slots of the past. \`trigger\` runs it.`;
  return new SchedulerError('usage/no-slots', message, { task: name });
}

function badPeriod(message: string, details: Readonly<Record<string, unknown>>): SchedulerError {
  return new SchedulerError('usage/period', message, details);
}
