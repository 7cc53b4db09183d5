import type { Timing } from '../../contract/task.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { timingName } from '../../domain/naming/timing-id.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';

/** Number of next runs to compute for a group or task. */
export const nextRunCount = 5;
/** Cache limit, above any real number of schedules; a guard against a file whose schedules keep changing. */
const most = 20_000;

export type Schedule = Pick<Timing, 'cronExpression' | 'timezone' | 'runAt' | 'scheduleRule'>;

export interface Facts {
  /** The schedule in words, with the zone where it is not this machine's. */
  readonly name: string;
  readonly sentence: string;
  /** ISO instants of the next slots; empty for a schedule that has ended. */
  readonly nextRuns: readonly string[];
}

export interface TimingFactsNeeds {
  /** How times are written now; the settings can change it. */
  readonly clock: () => ClockStyle;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
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
  readonly #needs: TimingFactsNeeds;

  constructor(needs: TimingFactsNeeds) {
    this.#needs = needs;
  }

  /** How times are written now. Ask once for many schedules: each answer looks at the file of the settings. */
  clock(): ClockStyle {
    return this.#needs.clock();
  }

  of(schedule: Schedule, nowMs: number, clock: ClockStyle = this.clock()): Facts {
    const { cronExpression, timezone, runAt, scheduleRule } = schedule;
    const key = JSON.stringify([clock, cronExpression, timezone, runAt, scheduleRule]);
    const known = this.#known.get(key);
    // After the clock was set back, the facts are computed again.
    if (known !== undefined && nowMs >= known.fromMs && nowMs < known.untilMs) return known;
    const found = this.#found(schedule, nowMs, known ?? null, clock);
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, found);
    return found;
  }

  #found(schedule: Schedule, nowMs: number, known: Facts | null, clock: ClockStyle): Known {
    const spec = specOf(schedule);
    const slots = nextSlots(spec, nowMs, nextRunCount).map((slotMs) => new Date(slotMs).toISOString());
    return {
      name: known?.name ?? timingName(spec, this.#needs.machineTimezone(), clock),
      sentence: known?.sentence ?? sentence(spec, clock),
      nextRuns: slots,
      fromMs: nowMs,
      untilMs: slots[0] === undefined ? Infinity : Date.parse(slots[0]),
    };
  }
}
