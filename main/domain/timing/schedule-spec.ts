import type { CronExpression } from '../cron/cron-sets.ts';

/** A recurring schedule in an IANA zone. */
export interface CronSchedule {
  readonly kind: 'cron';
  readonly cron: CronExpression;
  readonly timezone: string;
}

/** One instant, on a full minute, in ms since 1970. The zone is used to show it. */
interface OnceSchedule {
  readonly kind: 'once';
  readonly atMs: number;
  readonly timezone: string;
}

export type ScheduleSpec = CronSchedule | OnceSchedule;
