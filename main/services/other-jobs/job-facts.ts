import type { ClockStyle } from '../../contract/time-style.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { FoundJob } from '../../ports/other-schedulers.ts';

/** Computes what a scheduler does not say about its jobs itself. */
export class JobFacts {
  readonly #nowMs: number;
  readonly #clock: ClockStyle;
  /** By schedule: many lines of a crontab share one. */
  readonly #next = new Map<string, number | null>();

  constructor(nowMs: number, clock: ClockStyle) {
    this.#nowMs = nowMs;
    this.#clock = clock;
  }

  words({ schedules, trigger }: FoundJob): string {
    return schedules.length === 0 ? (trigger ?? '') : schedules.map((spec) => sentence(spec, this.#clock)).join('; ');
  }

  /** Returns the next run in epoch ms; null if there is none or it is not known. */
  nextMs({ nextMs, schedules, stopped }: FoundJob): number | null {
    if (stopped !== null) return null;
    return nextMs === undefined ? earliest(schedules.map((spec) => this.#after(spec, this.#nowMs))) : nextMs;
  }

  /** Returns the time at which a job should have run and did not, in epoch ms; null if it is not overdue. */
  overdueSince({ nextMs, schedules, watchedFromMs, graceMs, last, stopped }: FoundJob): number | null {
    if (stopped !== null || last.result === 'running') return null;
    const latestMs = this.#nowMs - graceMs;
    if (nextMs !== null && nextMs !== undefined && nextMs < latestMs) return nextMs;
    if (watchedFromMs === null) return null;
    const dueMs = earliest(schedules.map((spec) => this.#after(spec, watchedFromMs)));
    return dueMs !== null && dueMs < latestMs ? dueMs : null;
  }

  #after(spec: ScheduleSpec, fromMs: number): number | null {
    const key = `${fromMs} ${scheduleKey(spec)}`;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const found = firstAfter(spec, fromMs);
    this.#next.set(key, found);
    return found;
  }
}

function firstAfter(spec: ScheduleSpec, fromMs: number): number | null {
  try {
    return nextSlots(spec, fromMs, 1)[0] ?? null;
  } catch (problem) {
    // For example 30 February, which another scheduler accepts.
    if (problem instanceof SchedulerError && problem.code === 'schedule/no-next-run') return null;
    throw problem;
  }
}

const earliest = (instants: readonly (number | null)[]): number | null => {
  const known = instants.filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.min(...known);
};
