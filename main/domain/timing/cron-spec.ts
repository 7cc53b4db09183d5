import { parseCron } from '../cron/parse-cron.ts';
import { combinedSpec } from './combined-spec.ts';
import { readExactText } from './exact-text.ts';
import { intervalSpec } from './interval-spec.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { assertTimeZone } from './time-zone.ts';

/**
 * Returns the schedule of a cron expression in a zone; also of several, separated by ";", of every nth period of them, and
 * of `@every 90m`, which counts from 1970 if it names no instant.
 *
 * @throws SchedulerError `schedule/…`.
 */
export function cronSpec(cron: string, timezone: string): ScheduleSpec {
  const zone = assertTimeZone(timezone);
  const exact = readExactText(cron.trim());
  if (exact === null) return combinedSpec([parseCron(cron)], null, zone);
  if (exact.kind === 'lines') return combinedSpec(exact.lines.map(parseCron), exact.phase, zone);
  return intervalSpec(exact.minutes, exact.from === null ? 0 : Date.parse(exact.from), zone);
}
