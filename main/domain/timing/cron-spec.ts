import { parseCron } from '../cron/parse-cron.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { assertTimeZone } from './time-zone.ts';

/** The schedule of a cron expression in a zone. @throws SchedulerError `schedule/…`. */
export function cronSpec(cron: string, timezone: string): ScheduleSpec {
  return { kind: 'cron', cron: parseCron(cron), timezone: assertTimeZone(timezone) };
}
