import type { CronExpression } from '../cron/cron-sets.ts';
import type { EventName } from '../../contract/events.ts';
import type { Phase } from './phase.ts';

/** A recurring schedule in an IANA zone. */
export interface CronSchedule {
  readonly kind: 'cron';
  readonly cron: CronExpression;
  readonly timezone: string;
}

/** One instant, on a full minute, in ms since 1970. The zone is used to show it. */
export interface OnceSchedule {
  readonly kind: 'once';
  readonly atMs: number;
  readonly timezone: string;
}

/**
 * What one cron line cannot say: several lines, any of which is enough, or only every nth day, week or month.
 * `combinedSpec` makes it canonical.
 */
export interface CombinedSchedule {
  readonly kind: 'combined';
  readonly lines: readonly CronExpression[];
  readonly phase: Phase | null;
  /** The narrowest cron expression that contains every slot. */
  readonly cover: CronExpression;
  readonly timezone: string;
}

/** Every so many minutes of real time, whatever clocks show. The zone is used to show it. */
export interface IntervalSchedule {
  readonly kind: 'interval';
  readonly minutes: number;
  /** A slot, in ms since 1970. Slots before it count too: a task's start is a field of the task. */
  readonly anchorMs: number;
  readonly cover: CronExpression;
  readonly timezone: string;
}

/** No slots: only a person, an agent or another task starts the task. */
interface OnDemandSchedule {
  readonly kind: 'on-demand';
  /** The zone in which the task counts days, and in which it is shown. */
  readonly timezone: string;
}

/** Events of the machine instead of times: the slots are known only once they happened. */
interface EventSchedule {
  readonly kind: 'event';
  /** Each once, in the order of `EventName`. */
  readonly events: readonly EventName[];
  /** The machine's zone when the schedule was written: no part of its meaning. */
  readonly timezone: string;
}

/** A schedule whose slots never end. */
export type RecurringSchedule = CronSchedule | CombinedSchedule | IntervalSchedule;
export type ScheduleSpec = RecurringSchedule | OnceSchedule | EventSchedule | OnDemandSchedule;
