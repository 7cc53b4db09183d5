import type { ScheduleLoad } from '../../contract/calls/schedule.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';

/** Limit of slots to count, about a third of a second of work. A thousand every-minute groups would take a minute. */
const slotBudget = 30_000;

export interface LoadQuestion {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Length of a step; a whole number of minutes. */
  readonly stepMs: number;
}

/** Counts the task starts in each step of a time span, and the most in one minute. Only active tasks count. */
export function scheduleLoad(
  file: ScheduleFile,
  question: LoadQuestion,
): Omit<ScheduleLoad, 'concurrencyLimit' | 'waited'> {
  const { fromMs, untilMs, stepMs } = question;
  const perMinute = new Map<number, number>();
  let left = slotBudget;
  for (const timing of Object.values(file.timings)) {
    const active = timing.taskIds.filter((id) => file.tasks[id]?.status === 'active').length;
    if (active === 0 || left <= 0) continue;
    const slots = slotsBetween(specOf(timing), fromMs - 1, untilMs - 1, left);
    left -= slots.length;
    for (const slot of slots) perMinute.set(slot, (perMinute.get(slot) ?? 0) + active);
  }
  const steps = Array.from({ length: Math.max(0, Math.ceil((untilMs - fromMs) / stepMs)) }, () => ({
    starts: 0,
    most: 0,
  }));
  for (const [slot, count] of perMinute) {
    const step = steps[Math.floor((slot - fromMs) / stepMs)];
    if (step === undefined) continue;
    step.starts += count;
    step.most = Math.max(step.most, count);
  }
  return { steps, isPartial: left <= 0 };
}
