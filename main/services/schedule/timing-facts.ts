import type { Timing } from '../../contract/task.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';

/** Number of next runs to compute for a group. */
const nextRunCount = 5;
/** Cache limit, above any real number of schedules; a guard against a file whose schedules keep changing. */
const most = 20_000;

export type Schedule = Pick<Timing, 'cronExpression' | 'timezone' | 'runAt'>;

export interface Facts {
  readonly sentence: string;
  /** ISO instants of the next slots; empty for a schedule that has ended. */
  readonly nextRuns: readonly string[];
}

interface Known extends Facts {
  readonly fromMs: number;
  /** The facts are valid until this instant, when the first of the next runs has passed. */
  readonly untilMs: number;
}

/**
 * Caches what schedules mean for as long as it is valid. The window and the tray get a thousand groups each time one of
 * them runs; computing everything again took the main process half a second.
 */
export class TimingFacts {
  readonly #known = new Map<string, Known>();

  of(schedule: Schedule, nowMs: number): Facts {
    const key = JSON.stringify([schedule.cronExpression, schedule.timezone, schedule.runAt]);
    const known = this.#known.get(key);
    // After the clock was set back, the facts are computed again.
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
