import type { DecisionReason } from '../../contract/execution.ts';
import { eventsOf, onceAt, skipsNextEvent } from '../../contract/schedule-rule.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { calendarSlots } from '../../domain/calendars/calendar-slots.ts';
import { dayOffDetail } from '../../domain/calendars/day-off.ts';
import type { CalendarRule } from '../../domain/calendars/day-off.ts';
import { minuteMs, dayMs } from '../../domain/durations.ts';
import { planSlots, type SlotPlan, type SlotQuestion } from '../../domain/policy/plan-slots.ts';
import { resolvePolicies, type PolicyDefaults, type ResolvedPolicies } from '../../domain/policy/resolved-policies.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LedgerLosses } from '../../ports/ledger/losses.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { SlotWaits, WaitReason } from '../../ports/ledger/waits.ts';
import { isAllPaused } from './all-paused.ts';
import { SlotWindows } from './slot-windows.ts';

/** A slot found later than this is missed, not late. OS schedulers fire within seconds of the minute. */
export const lateAfterMs = 2 * minuteMs;

/** Slots further back are not recorded individually: a year of minutes would be half a million rows. */
const horizonMs = 31 * dayMs;
const slotLimit = 50_000;
/** How far back to look for gaps in tasks whose slots may wait. */
const gapHorizonMs = dayMs;

export interface SlotPlannerNeeds {
  readonly ledger: RunStates & SlotClaims & SlotWaits & LedgerLosses;
  readonly clock: Clock;
  /** Returns on which days a task runs; null for every day. @default every task runs on every day */
  calendarRule?(task: Task): CalendarRule | null;
  /** Returns the slots of a task that events start, in (`afterMs`, `untilMs`]. @default no event ever happened */
  eventSlots?(task: Task, afterMs: number, untilMs: number): number[];
  /** Returns why a slot of a shared task was left open, such as that the fleet's database was away. @default null */
  whyOpen?(task: Task, slotMs: number): string | null;
  /** Read at each call, because settings can change while the app runs. */
  defaults(): PolicyDefaults;
}

/** A slot that was skipped or missed. */
export interface SettledSlot {
  readonly taskId: string;
  /** ISO instant. */
  readonly slot: string;
  readonly reason: DecisionReason;
}

/**
 * Finds the unsettled slots of a task and decides whether each one runs. Leaves out slots that wait in any process: they
 * are neither missed nor to be run again.
 */
export class SlotPlanner {
  readonly #needs: SlotPlannerNeeds;
  readonly #windows = new SlotWindows();
  readonly #listeners = new Set<(slots: readonly SettledSlot[]) => void>();
  /** Slots by task that this process will still run. */
  readonly #held = new Map<string, Set<number>>();

  constructor(needs: SlotPlannerNeeds) {
    this.#needs = needs;
  }

  /** Calls `listener` with slots that this process records as skipped or missed. Returns the function that stops it. */
  watch(listener: (slots: readonly SettledSlot[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Leaves a slot out of every plan of this process. Returns the function that ends this. */
  hold(taskId: string, slotMs: number): () => void {
    const held = this.#held.get(taskId) ?? new Set();
    this.#held.set(taskId, held.add(slotMs));
    return () => {
      held.delete(slotMs);
      if (held.size === 0) this.#held.delete(taskId);
    };
  }

  policies(task: Task): ResolvedPolicies {
    const isOnce = onceAt(task) !== undefined;
    const policies = resolvePolicies(task.policies, task.catchupMissed, this.#needs.defaults(), isOnce);
    // What an event would have started is over.
    return hasEvents(task) ? { ...policies, catchUp: 'skip' } : policies;
  }

  /** Returns the plan for every slot since the last settled one, oldest first. */
  plan(task: Task, file: ScheduleFile): SlotPlan[] {
    const nowMs = this.#needs.clock.now();
    const policies = this.policies(task);
    const plans = planSlots(this.#question(task, file, policies, this.#due(task, policies, nowMs), nowMs));
    return task.shared === undefined ? plans : plans.map((plan) => this.#withFleet(task, plan));
  }

  /** Returns the slots of a task in (`afterMs`, `untilMs`], in order, also those on days that its calendars leave out. */
  slots(task: Task, afterMs: number, untilMs: number, limit: number): number[] {
    // Calendars cannot move an event.
    if (hasEvents(task)) return (this.#needs.eventSlots?.(task, afterMs, untilMs) ?? []).slice(0, limit);
    const rule = this.#needs.calendarRule?.(task) ?? null;
    const between = (from: number, until: number) => this.#windows.between(task, from, until, slotLimit);
    if (rule === null) return this.#windows.between(task, afterMs, untilMs, limit);
    return calendarSlots(rule, between, afterMs, untilMs).slice(0, limit);
  }

  /** Returns why the fleet could not grant a slot of a shared task, so that it stays open; null if nothing kept it. */
  whyOpen(task: Task, slotMs: number): string | null {
    return this.#needs.whyOpen?.(task, slotMs) ?? null;
  }

  /** Returns why a slot does not run on its day, such as `Germany, Christmas Day`; null if it runs. */
  dayOff(task: Task, slotMs: number): string | null {
    const rule = this.#needs.calendarRule?.(task) ?? null;
    return rule === null ? null : dayOffDetail(rule, slotMs);
  }

  /** Returns the slots of a task that will run and wait, with what they wait for; null where this process did not say it. */
  waiting(taskId: string): ReadonlyMap<number, WaitReason | null> {
    const own = [...(this.#held.get(taskId) ?? [])].map((slotMs) => [slotMs, null] as const);
    const waits = this.#needs.ledger.waits().filter((wait) => wait.taskId === taskId);
    return new Map([...own, ...waits.map(({ slot, reason }) => [Date.parse(slot), reason] as const)]);
  }

  /**
   * Returns the slots that should have started and have neither started nor been decided, oldest first: also those that
   * wait, for the previous run or in another process.
   */
  open(task: Task, file: ScheduleFile): number[] {
    const planned = this.plan(task, file).flatMap((plan) =>
      plan.action === 'run' || plan.reason === 'missed' || plan.reason === 'catch-up-window' ? plan.slotMs : [],
    );
    const waiting = this.waiting(task.id);
    if (waiting.size === 0) return planned;
    const unsettled = this.#unsettled(task, this.policies(task), this.#needs.clock.now());
    return [...planned, ...unsettled.filter((slotMs) => waiting.has(slotMs))].sort((a, b) => a - b);
  }

  /** Returns the plan for exactly this slot, as if it were due now. */
  planForced(task: Task, file: ScheduleFile, slotMs: number): SlotPlan {
    const [plan] = planSlots(this.#question(task, file, this.policies(task), [slotMs], slotMs));
    return plan ?? { slotMs, action: 'run', trigger: 'schedule' };
  }

  /** Records every slot that will not run. Slots that would run are left for the next fire. */
  settle(task: Task, file: ScheduleFile): void {
    this.record(task, this.plan(task, file));
  }

  /** Records the slots that will not run. Returns how many of them nobody had claimed or decided. */
  record(task: Task, plans: readonly SlotPlan[]): number {
    const at = this.#needs.clock.nowIso();
    const decisions = plans.flatMap((plan) => {
      if (plan.action === 'run') return [];
      const slot = new Date(plan.slotMs).toISOString();
      return [{ taskId: task.id, slot, reason: plan.reason, detail: plan.detail, at }];
    });
    if (decisions.length === 0) return 0;
    const recorded = this.#needs.ledger.decide(decisions);
    for (const listener of [...this.#listeners]) listener(decisions);
    return recorded;
  }

  /** A slot that was left open was not missed because nothing ran here. */
  #withFleet(task: Task, plan: SlotPlan): SlotPlan {
    if (plan.action === 'run' || (plan.reason !== 'missed' && plan.reason !== 'catch-up-window')) return plan;
    const why = this.whyOpen(task, plan.slotMs);
    if (why === null) return plan;
    const policy = plan.reason === 'missed' ? 'catch-up is off' : 'the slot is older than the catch-up window';
    return { ...plan, detail: `${why}, and ${policy}` };
  }

  #question(
    task: Task,
    file: ScheduleFile,
    policies: ResolvedPolicies,
    due: readonly number[],
    nowMs: number,
  ): SlotQuestion {
    return {
      due,
      nowMs,
      lateAfterMs,
      jitterMs: policies.jitterMs,
      eachInTime: hasEvents(task),
      status: effectiveStatus(task, nowMs),
      pauseNote: task.pauseNote ?? null,
      allPaused: isAllPaused(file, nowMs),
      // Earlier events that are not settled yet happened before the latest one, so they are not the next.
      ...(skipsNextEvent(task)
        ? { skipUntilMs: null, skipSlotMs: due.at(-1) }
        : { skipUntilMs: instantOrNull(task.skipUntil) }),
      startDateMs: instantOrNull(task.startDate),
      endDateMs: instantOrNull(task.endDate),
      dayOff: (slotMs) => this.dayOff(task, slotMs),
      catchUp: policies.catchUp,
      catchUpWindowMs: policies.catchUpWindowMs,
      remaining: this.#remaining(task),
    };
  }

  #due(task: Task, policies: ResolvedPolicies, nowMs: number): number[] {
    const due = this.#unsettled(task, policies, nowMs);
    if (due.length === 0) return due;
    const held = this.waiting(task.id);
    return held.size === 0 ? due : due.filter((slotMs) => !held.has(slotMs));
  }

  #unsettled(task: Task, policies: ResolvedPolicies, nowMs: number): number[] {
    const settled = this.#needs.ledger.lastSlot(task.id, new Date(nowMs).toISOString());
    // Earlier slots without a record may have run.
    const armedMs = Math.max(
      Date.parse(task.armedAt ?? task.createdAt),
      instantOrNull(this.#needs.ledger.floor()) ?? 0,
    );
    const afterMs = Math.max(armedMs, instantOrNull(settled) ?? 0, nowMs - horizonMs);
    if (!mayLeaveGap(task, policies)) return this.slots(task, afterMs, nowMs, slotLimit);
    const fromMs = Math.min(afterMs, Math.max(armedMs, nowMs - gapHorizonMs));
    const fated = new Set(this.#needs.ledger.slots(task.id, new Date(fromMs).toISOString()).map(({ slot }) => slot));
    const slots = this.slots(task, fromMs, nowMs, slotLimit);
    return slots.filter((slotMs) => !fated.has(new Date(slotMs).toISOString()));
  }

  #remaining(task: Task): number | null {
    const limit = task.fireOnce === true ? 1 : task.maxExecutions;
    if (limit === undefined) return null;
    const done = this.#needs.ledger.runState([task.id]).get(task.id)?.successfulSlots ?? 0;
    return Math.max(0, limit - done);
  }
}

/**
 * True if a later slot can be settled before an earlier one: a slot waits, or several run at once. A crash, or a ledger that
 * could not be written for a moment, then leaves a gap before the latest settled slot.
 */
function mayLeaveGap(task: Task, { jitterMs, overlap, catchUp }: ResolvedPolicies): boolean {
  if (jitterMs > 0 || overlap === 'buffer-one' || overlap === 'buffer-all' || catchUp === 'all') return true;
  return hasEvents(task) || isOpenable(task);
}

/** A slot that the fleet could not grant stays open, whatever is settled after it. */
const isOpenable = ({ shared }: Task): boolean => shared?.runsOn.mode === 'one';

const hasEvents = (task: Task): boolean => eventsOf(task).length > 0;

/** A pause with an end is over once that instant has passed, even if nothing was running to resume the task. */
function effectiveStatus(task: Task, nowMs: number): Task['status'] {
  const until = instantOrNull(task.pausedUntil);
  return task.status === 'paused' && until !== null && until <= nowMs ? 'active' : task.status;
}

/** Returns whether the task runs on schedule, apart from a pause of all schedules. */
export function isRunnable(task: Task, nowMs: number): boolean {
  return effectiveStatus(task, nowMs) === 'active';
}

function instantOrNull(instant: string | null | undefined): number | null {
  return instant === null || instant === undefined ? null : Date.parse(instant);
}
