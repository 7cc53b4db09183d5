import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronSets } from '../cron/cron-sets.ts';
import { cronstrueSentence } from './cronstrue-sentence.ts';
import { sentenceDays } from './sentence-days.ts';
import { sentenceTimes } from './sentence-times.ts';

/** Returns one cron line as a sentence. */
export function cronSentence(sets: CronSets, clock: ClockStyle): string {
  const times = sentenceTimes(sets, clock);
  const days = sentenceDays(sets);
  if (times === null || days === null) return cronstrueSentence(sets, clock);
  if (times.kind === 'at') return `${days.lead} at ${times.times}`;
  return [times.rate, times.window ?? '', days.tail].filter((part) => part !== '').join(', ');
}
