import type { Task } from '../../contract/task.ts';
import { slotsUpTo } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';

interface Window {
  readonly schedule: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Every slot in (`fromMs`, `nextMs`), if the window is cached. */
  readonly slots: readonly number[];
  readonly nextMs: number;
}

/**
 * Finds the slots of tasks, like `slotsBetween`, and caches the last answer. The tasks of a group are planned one after
 * the other, with the same schedule and nearly the same times. Without the cache, this would be most of the cost of
 * starting the app with thousands of tasks.
 */
export class SlotWindows {
  #last: Window | null = null;

  /** Returns the earliest `limit` slots in (`afterMs`, `untilMs`], in order. */
  between(task: Task, afterMs: number, untilMs: number, limit: number): number[] {
    const schedule = JSON.stringify([task.cronExpression, task.timezone, task.runAt, task.scheduleRule]);
    const window = this.#known(schedule, afterMs, untilMs) ?? this.#find(task, schedule, afterMs, untilMs, limit);
    return window.slots.filter((slotMs) => slotMs > afterMs).slice(0, limit);
  }

  #known(schedule: string, afterMs: number, untilMs: number): Window | null {
    const last = this.#last;
    if (last?.schedule !== schedule) return null;
    // After the clock was set back, the slots are computed again.
    return afterMs >= last.fromMs && untilMs >= last.untilMs && untilMs < last.nextMs ? last : null;
  }

  #find(task: Task, schedule: string, fromMs: number, untilMs: number, limit: number): Window {
    const { slots, nextMs } = slotsUpTo(specOf(task), fromMs, untilMs, limit);
    const window = { schedule, fromMs, untilMs, slots, nextMs: nextMs ?? untilMs };
    // Without the next slot the end of this window is unknown: the limit may have cut it off.
    if (nextMs !== null) this.#last = window;
    return window;
  }
}
