import type { ScheduleSpec } from './schedule-spec.ts';

/**
 * Returns the identity of a timing group: two schedules share a group exactly when their keys are equal. `0 9 * * 1-5
 * UTC`, or `once 2026-12-03T14:15:00.000Z UTC`.
 */
export function scheduleKey(spec: ScheduleSpec): string {
  const when = spec.kind === 'cron' ? spec.cron.canonical : `once ${new Date(spec.atMs).toISOString()}`;
  return `${when} ${spec.timezone}`;
}
