import type { ScheduleAnswer } from '../../../../main/contract/schedule-answer.ts';

/**
 * Returns the cron expression that says all of a typed schedule; null if there is none. The setting keeps nothing else:
 * no zone other than the machine's, no start and no end.
 */
export function cleanupCron(answer: ScheduleAnswer, machineTimezone: string): string | null {
  const { kind, cron, timezone, scheduleRule, startDate, endDate } = answer;
  const isCron = kind === 'cron' && scheduleRule === undefined && timezone === machineTimezone;
  return isCron && startDate === undefined && endDate === undefined ? cron : null;
}
