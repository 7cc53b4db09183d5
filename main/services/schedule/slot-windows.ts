import type { Task } from '../../contract/task.ts';
import { slotsUpTo } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';

interface Window {
  readonly schedule: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Every slot in (`fromMs`, `nextMs`), where the window is kept. */
  readonly slots: readonly number[];
  readonly nextMs: number;
}

/**
 * The slots of tasks, as `slotsBetween` has them. The tasks of a group are asked about one after the other, with the
 * same schedule and nearly the same times: the last answer serves them all, which is most of what starting the app with
 * thousands of tasks costs.
 */
export class SlotWindows {
  #last: Window | null = null;

  /** The slots in (`afterMs`, `untilMs`], in order, at most `limit` of them: the earliest ones. */
  between(task: Task, afterMs: number, untilMs: number, limit: number): number[] {
    const schedule = JSON.stringify([task.cronExpression, task.timezone, task.runAt]);
    const window = this.#known(schedule, afterMs, untilMs) ?? this.#find(task, schedule, afterMs, untilMs, limit);
    return window.slots.filter((slotMs) => slotMs > afterMs).slice(0, limit);
  }

  #known(schedule: string, afterMs: number, untilMs: number): Window | null {
    const last = this.#last;
    if (last?.schedule !== schedule) return null;
    // A clock that was set back is asked about anew.
    return afterMs >= last.fromMs && untilMs >= last.untilMs && untilMs < last.nextMs ? last : null;
  }

  #find(task: Task, schedule: string, fromMs: number, untilMs: number, limit: number): Window {
    const { slots, nextMs } = slotsUpTo(specOf(task), fromMs, untilMs, limit);
    const window = { schedule, fromMs, untilMs, slots, nextMs: nextMs ?? untilMs };
    // Without the slot after them it is not known how far this answer reaches: the limit may have cut it off.
    if (nextMs !== null) this.#last = window;
    return window;
  }
}
