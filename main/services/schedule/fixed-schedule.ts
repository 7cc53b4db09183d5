import { scheduleText } from '../../contract/schedule-rule.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { storedSchedule } from '../../domain/timing/spec-of.ts';

/** Returns a schedule as a person could write it, in a form that does not depend on when it is read. */
export function fixedSchedule(spec: ScheduleSpec): { schedule: string; timezone: string } {
  return { schedule: scheduleText(storedSchedule(spec)), timezone: spec.timezone };
}
