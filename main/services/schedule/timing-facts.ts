import type { Timing } from '../../contract/task.ts';
import { sentence } from '../../domain/timing/sentence.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';

/** How many next runs are told of a group. */
export const nextRunCount = 5;
/** More schedules than anybody has; a guard against a file whose schedules change without end. */
const most = 20_000;

export type Schedule = Pick<Timing, 'cronExpression' | 'timezone' | 'runAt'>;

export interface Facts {
  readonly sentence: string;
  /** ISO instants of the next slots, none for a schedule that is over. */
  readonly nextRuns: readonly string[];
}

interface Known extends Facts {
  readonly fromMs: number;
  /** The answer holds until here: then the first of the next runs is past. */
  readonly untilMs: number;
}

/**
 * What schedules mean, found once for as long as it holds. The window and the tray are told of a thousand groups each
 * time one of them runs: finding it all anew took half a second of the main process.
 */
export class TimingFacts {
  readonly #known = new Map<string, Known>();

  of(schedule: Schedule, nowMs: number): Facts {
    const key = JSON.stringify([schedule.cronExpression, schedule.timezone, schedule.runAt]);
    const known = this.#known.get(key);
    // A clock that was set back is asked about anew.
    if (known !== undefined && nowMs >= known.fromMs && nowMs < known.untilMs) return known;
    const found = factsOf(schedule, nowMs, known?.sentence);
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, found);
    return found;
  }
}

export function factsOf(schedule: Schedule, nowMs: number, sentenceKnown?: string): Known {
  const spec = specOf(schedule);
  const slots = nextSlots(spec, nowMs, nextRunCount);
  return {
    sentence: sentenceKnown ?? sentence(spec),
    nextRuns: slots.map((slotMs) => new Date(slotMs).toISOString()),
    fromMs: nowMs,
    untilMs: slots[0] ?? Infinity,
  };
}
