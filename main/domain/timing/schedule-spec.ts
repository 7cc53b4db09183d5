import type { CronExpression } from '../cron/cron-sets.ts';

/** A recurring schedule in an IANA zone. */
export interface CronSchedule {
  readonly kind: 'cron';
  readonly cron: CronExpression;
  readonly timezone: string;
}

/** One instant, on the minute, in ms since 1970. The zone says how a person reads it. */
interface OnceSchedule {
  readonly kind: 'once';
  readonly atMs: number;
  readonly timezone: string;
}

export type ScheduleSpec = CronSchedule | OnceSchedule;
