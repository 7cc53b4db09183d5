import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronSets } from '../cron/cron-sets.ts';
import { everyDay } from '../cron/normal-days.ts';
import { cronstrueSentence } from './cronstrue-sentence.ts';
import { sentenceDays } from './sentence-days.ts';
import { sentenceTimes } from './sentence-times.ts';

const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);

/** Returns one cron line as a sentence. */
export function cronSentence(sets: CronSets, clock: ClockStyle): string {
  const times = sentenceTimes(sets, clock);
  const days = sentenceDays(sets);
  if (times === null && sets.days.exact !== undefined) {
    const whole = { ...sets, months: everyMonth, days: everyDay };
    return [cronstrueSentence(whole, clock), days?.tail ?? ''].join(', ');
  }
  if (times === null || days === null) return cronstrueSentence(sets, clock);
  if (times.kind === 'at') return `${days.lead} at ${times.times}`;
  return [times.rate, times.window ?? '', days.tail].filter((part) => part !== '').join(', ');
}
