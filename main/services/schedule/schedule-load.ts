import type { ScheduleLoad } from '../../contract/calls/schedule.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import type { ComingRuns } from './coming-runs.ts';

/** Limit of slots to count, about a third of a second of work. A thousand every-minute groups would take a minute. */
const slotBudget = 30_000;

export interface LoadQuestion {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Length of a step; a whole number of minutes. */
  readonly stepMs: number;
}

/**
 * Counts the task starts in each step of a time span, and the most in one minute. Only active tasks count, on the days on
 * which their calendars let them run.
 */
export function scheduleLoad(
  file: ScheduleFile,
  question: LoadQuestion,
  coming: Pick<ComingRuns, 'starts'>,
): Omit<ScheduleLoad, 'concurrencyLimit' | 'waited'> {
  const { fromMs, untilMs, stepMs } = question;
  const perMinute = new Map<number, number>();
  let left = slotBudget;
  for (const timing of Object.values(file.timings)) {
    if (left <= 0) continue;
    const starts = coming.starts(file, timing, fromMs - 1, untilMs - 1, left);
    left -= starts.length;
    for (const { slotMs, tasks } of starts) perMinute.set(slotMs, (perMinute.get(slotMs) ?? 0) + tasks.length);
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
