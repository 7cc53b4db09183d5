import { DateTime } from 'luxon';
import { clockTime } from './clock-time.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import { eventsText } from '../timing/events.ts';
import { SchedulerError } from '../errors.ts';
import { specOf } from '../timing/spec-of.ts';
import type { StoredSchedule } from '../timing/spec-of.ts';
import type { OnceSchedule, ScheduleSpec } from '../timing/schedule-spec.ts';
import { combinedSentence, intervalSentence } from './combined-sentence.ts';
import { cronSentence } from './cron-sentence.ts';

export { scheduleWarnings } from './warnings.ts';

function onceSentence({ atMs, timezone }: OnceSchedule, clock: ClockStyle): string {
  const local = DateTime.fromMillis(atMs, { zone: timezone, locale: 'en-US' });
  return `Once, on ${local.toFormat('cccc, d LLLL yyyy')} at ${clockTime(local.hour, local.minute, clock)}`;
}

/**
 * Returns a schedule as one plain sentence, without full stop or zone: `Weekdays at 9:00`, `Every 15 minutes, 9:00 to
 * 16:45, Monday to Friday`. The window, the tray, the CLI and agents all use this sentence. Where the phrase reader
 * accepts it, it means the same schedule.
 */
export function sentence(spec: ScheduleSpec, clock: ClockStyle): string {
  switch (spec.kind) {
    case 'cron':
      return cronSentence(spec.cron.sets, clock);
    case 'once':
      return onceSentence(spec, clock);
    case 'combined':
      return combinedSentence(spec, clock);
    case 'interval':
      return intervalSentence(spec, clock);
    case 'event': {
      const text = eventsText(spec.events);
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
    }
    case 'on-demand':
      return 'Only on demand';
  }
}

/** Returns the sentence of a stored schedule; null if this version cannot read the schedule. */
export function storedSentence(stored: StoredSchedule, clock: ClockStyle): string | null {
  try {
    return sentence(specOf(stored), clock);
  } catch (problem) {
    if (problem instanceof SchedulerError) return null;
    throw problem;
  }
}
