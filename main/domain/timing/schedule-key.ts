import { combinedKey } from './combined-spec.ts';
import { intervalKey } from './interval-spec.ts';
import { eventsText } from './events.ts';
import type { ScheduleSpec } from './schedule-spec.ts';

function whenKey(spec: ScheduleSpec): string {
  switch (spec.kind) {
    case 'cron':
      return spec.cron.canonical;
    case 'once':
      return `once ${new Date(spec.atMs).toISOString()}`;
    case 'combined':
      return combinedKey(spec);
    case 'interval':
      return intervalKey(spec);
    case 'event':
      return eventsText(spec.events);
    case 'on-demand':
      return 'on demand';
  }
}

/**
 * Returns the identity of a timing group: two schedules share a group exactly when their keys are equal. `0 9 * * 1-5
 * UTC`, `once 2026-12-03T14:15:00.000Z UTC`, `0 9 * * 5 every 2 weeks + 1 UTC`. Events have no zone: `at login`.
 */
export function scheduleKey(spec: ScheduleSpec): string {
  return spec.kind === 'event' ? whenKey(spec) : `${whenKey(spec)} ${spec.timezone}`;
}
