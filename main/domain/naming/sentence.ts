import { DateTime } from 'luxon';
import { clockTime } from './clock-time.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronSets } from '../cron/cron-sets.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { cronstrueSentence } from './cronstrue-sentence.ts';
import { sentenceDays } from './sentence-days.ts';
import { sentenceTimes } from './sentence-times.ts';

export { scheduleWarnings } from './warnings.ts';

function cronSentence(sets: CronSets, clock: ClockStyle): string {
  const times = sentenceTimes(sets, clock);
  const days = sentenceDays(sets);
  if (times === null || days === null) return cronstrueSentence(sets, clock);
  if (times.kind === 'at') return `${days.lead} at ${times.times}`;
  return [times.rate, times.window ?? '', days.tail].filter((part) => part !== '').join(', ');
}

/**
 * Returns a schedule as one plain sentence, without full stop or zone: `Weekdays at 9:00`, `Every 15 minutes, 9:00 to
 * 16:45, Monday to Friday`. The window, the tray, the CLI and agents all use this sentence. Where the phrase reader
 * accepts it, it means the same schedule.
 */
export function sentence(spec: ScheduleSpec, clock: ClockStyle): string {
  if (spec.kind === 'cron') return cronSentence(spec.cron.sets, clock);
  const local = DateTime.fromMillis(spec.atMs, { zone: spec.timezone, locale: 'en-US' });
  return `Once, on ${local.toFormat('cccc, d LLLL yyyy')} at ${clockTime(local.hour, local.minute, clock)}`;
}
