import type { DecisionReason } from '../../contract/execution.ts';
import type { CatchUpPolicy, TaskStatus } from '../../contract/task.ts';

export type SlotPlan =
  | { readonly slotMs: number; readonly action: 'run'; readonly trigger: 'schedule' | 'catch-up' }
  | {
      readonly slotMs: number;
      readonly action: 'skip';
      readonly reason: DecisionReason;
      readonly detail: string | null;
    };

export interface SlotQuestion {
  /** Slots without a claim or decision, ascending, none after `nowMs`. */
  readonly due: readonly number[];
  readonly nowMs: number;
  /** A slot older than this is missed; a younger one is only late. */
  readonly lateAfterMs: number;
  /** A slot may start this much later because of the task's jitter; until then it is waiting, not missed. */
  readonly jitterMs: number;
  /** Each slot runs that is not too late, not only the latest: each is an event of its own. @default false */
  readonly eachInTime?: boolean;
  readonly status: TaskStatus;
  readonly pauseNote: string | null;
  /** True while all schedules are paused. */
  readonly allPaused: boolean;
  /** Slots at or before this instant are skipped on request. */
  readonly skipUntilMs: number | null;
  /** Only this slot is skipped on request: an event, whose instant was not known when it was asked for. @default none */
  readonly skipSlotMs?: number | undefined;
  /** No slot before this instant runs. */
  readonly startDateMs: number | null;
  readonly endDateMs: number | null;
  /** Returns why a slot is on a day that the calendars of the task leave out, or null. Absent without calendars. */
  readonly dayOff?: (slotMs: number) => string | null;
  readonly catchUp: CatchUpPolicy;
  readonly catchUpWindowMs: number;
  /** Number of slots that may still run before the task is completed; null for no limit. */
  readonly remaining: number | null;
}

/**
 * Decides for every due slot: run now, run as a catch-up, or skip with a reason. Each slot of `due` appears exactly
 * once in the result, in order. Overlap and conditions are checked later, at the start of the run.
 */
export function planSlots(question: SlotQuestion): SlotPlan[] {
  const plans = new Map<number, SlotPlan>();
  const runnable: number[] = [];
  for (const slotMs of question.due) {
    const obstacle = standingObstacle(question, slotMs);
    if (obstacle === null) runnable.push(slotMs);
    else plans.set(slotMs, { slotMs, action: 'skip', ...obstacle });
  }
  for (const plan of limitRuns(planTiming(question, runnable), question.remaining)) plans.set(plan.slotMs, plan);
  return question.due.flatMap((slotMs) => plans.get(slotMs) ?? []);
}

type Obstacle = { readonly reason: DecisionReason; readonly detail: string | null };

function standingObstacle(question: SlotQuestion, slotMs: number): Obstacle | null {
  const isSkipped = question.skipUntilMs !== null && slotMs <= question.skipUntilMs;
  if (isSkipped || slotMs === question.skipSlotMs) return { reason: 'skip-next', detail: null };
  if (question.startDateMs !== null && slotMs < question.startDateMs) return { reason: 'not-started', detail: null };
  if (question.endDateMs !== null && slotMs > question.endDateMs) return { reason: 'ended', detail: null };
  if (question.allPaused) return { reason: 'all-paused', detail: null };
  if (question.status === 'paused') return { reason: 'paused', detail: question.pauseNote };
  if (question.status !== 'active') return { reason: 'max-executions', detail: `the task is ${question.status}` };
  const dayOff = question.dayOff?.(slotMs) ?? null;
  return dayOff === null ? null : { reason: 'calendar', detail: dayOff };
}

function planTiming(question: SlotQuestion, runnable: readonly number[]): SlotPlan[] {
  const latest = runnable.at(-1);
  const graceMs = question.lateAfterMs + question.jitterMs;
  return runnable.map((slotMs) => {
    const mayWait = slotMs === latest || question.jitterMs > 0 || question.eachInTime === true;
    if (mayWait && question.nowMs - slotMs <= graceMs) return { slotMs, action: 'run', trigger: 'schedule' };
    return planMissed(question, slotMs, slotMs === latest);
  });
}

function planMissed(question: SlotQuestion, slotMs: number, isLatest: boolean): SlotPlan {
  const skip = (reason: DecisionReason, detail: string): SlotPlan => ({ slotMs, action: 'skip', reason, detail });
  if (question.catchUp === 'skip') return skip('missed', 'the scheduler was not running, and catch-up is off');
  if (question.nowMs - slotMs > question.catchUpWindowMs) {
    return skip('catch-up-window', 'the scheduler was not running, and the slot is older than the catch-up window');
  }
  if (question.catchUp === 'once' && !isLatest) return skip('superseded', 'a later slot runs instead');
  return { slotMs, action: 'run', trigger: 'catch-up' };
}

function limitRuns(plans: readonly SlotPlan[], remaining: number | null): SlotPlan[] {
  if (remaining === null) return [...plans];
  let left = remaining;
  return plans.map((plan) => {
    if (plan.action === 'skip') return plan;
    if (left > 0) {
      left -= 1;
      return plan;
    }
    return { slotMs: plan.slotMs, action: 'skip', reason: 'max-executions', detail: null };
  });
}
