import { clockTime } from '../../naming/clock-time.ts';
import { productsOf } from '../../cron/combine-lines.ts';
import { inPartOfDay } from './part-of-day.ts';
import type { Draft, SaidTime } from './draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { PartOfDay } from '../vocabulary.ts';

export interface TimesOfDay {
  readonly minutes: number[];
  readonly hours: number[];
}

type Window = NonNullable<Draft['window']>;

const DAY_MINUTES = 1440;
const ALL_HOURS: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour);
const minuteOfDay = ({ hour, minute }: SaidTime): number => hour * 60 + minute;
const clockName = (minute: number, { clock }: Draft): string =>
  clockTime(Math.floor(minute / 60) % 24, minute % 60, clock);

/** A bare hour before this one may be meant as the afternoon. */
const EARLY = 7;
const NOON = 12;

/** Example times for a part of the day given without a time; never used as the time itself. */
const USUAL: Readonly<Record<PartOfDay, string>> = { morning: '9am', afternoon: '3pm', evening: '6pm', night: '9pm' };

/** Warns about an hour without am or pm that is read as the early morning. */
function warnEarly(time: SaidTime, draft: Draft): void {
  const read = clockName(minuteOfDay(time), draft);
  if (time.bare && time.hour > 0 && time.hour < EARLY)
    draft.warnings.push(`${time.hour} was read as ${read}: write ${time.hour}pm for the afternoon.`);
  if (time.inWords !== true || time.hour >= EARLY) return;
  const afternoon = `${time.hour === 0 ? NOON : time.hour}:${String(time.minute).padStart(2, '0')}pm`;
  draft.warnings.push(`Read as ${read}, before the morning: write ${afternoon} for the afternoon.`);
}

/** Returns the times of a draft, moved into its part of the day. Adds a warning for bare early hours. */
export function saidTimes(draft: Draft): SaidTime[] {
  const part = draft.partOfDay;
  return (draft.times ?? []).map((time) => {
    if (part !== null) {
      const moved = inPartOfDay(time, part);
      if (moved === null) {
        throw new PhraseProblem(`${clockName(minuteOfDay(time), draft)} is not in the ${part}.`, []);
      }
      if (part === 'night' && moved.hour < NOON && draft.weekdays !== null) {
        throw new PhraseProblem(
          `At ${clockName(minuteOfDay(moved), draft)} the next day has begun. Name that day, without "night".`,
          [],
        );
      }
      return moved;
    }
    warnEarly(time, draft);
    return time;
  });
}

function namedTimes(draft: Draft): TimesOfDay[] {
  return productsOf(saidTimes(draft).map(minuteOfDay));
}

function assertWindow({ from, to }: Window, rate: string, wraps: boolean, everyDay: boolean): void {
  if (minuteOfDay(from) === minuteOfDay(to))
    throw new PhraseProblem('The window begins and ends at the same time.', []);
  if (!wraps) return;
  if (from.bare || to.bare) {
    throw new PhraseProblem(
      `Say whether ${to.hour} is am or pm.`,
      [],
      [`${rate} between ${from.hour}am and ${to.hour}pm`],
    );
  }
  if (!everyDay) {
    throw new PhraseProblem('A window across midnight covers two days, so it cannot be limited to certain days.', []);
  }
}

/**
 * Returns the times of "every 15 minutes between 9am and 5pm": from the start in steps. A run that falls on the end is
 * included, so that "every hour" and "every 15 minutes" follow one rule.
 */
function windowTimes(draft: Draft, step: number, past: readonly number[] | null, everyDay: boolean): TimesOfDay[] {
  const window = draft.window;
  if (window === null) throw new PhraseProblem('It has no window.', []);
  const [from, to] = [minuteOfDay(window.from), minuteOfDay(window.to)];
  const wraps = to <= from;
  const rate = step % 60 === 0 ? `every ${step / 60} hours` : `every ${step} minutes`;
  assertWindow(window, rate, wraps, everyDay);
  if (window.to.bare) warnEarly(window.from, draft);
  const length = wraps ? to + DAY_MINUTES - from : to - from;
  const all: number[] = [];
  if (past === null) for (let offset = 0; offset <= length; offset += step) all.push(from + offset);
  else {
    const firstHour = Math.floor(from / 60) * 60;
    for (let hour = firstHour; hour <= from + length; hour += step) all.push(...past.map((minute) => hour + minute));
  }
  const inside = all.filter((time) => time >= from && time <= from + length);
  if (inside.length === 0) throw new PhraseProblem('No run is within this window.', [], []);
  if (step < 60 && inside.at(-1) === from + length) {
    const [shorter, end] = [clockName(inside.at(-2) ?? from, draft), clockName(from + length, draft)];
    draft.warnings.push(`The run at ${end}, the end of the window, is included: write ${shorter} to leave it out.`);
  }
  return productsOf(inside.map((time) => time % DAY_MINUTES));
}

/** Returns why "every 12 hours at 6" is refused: it is minute 6, or 6:00 and 18:00. */
function twoReadings(numbers: readonly number[]): PhraseProblem {
  const said = `at ${numbers.join(' and ')}`;
  const minutes = `at ${numbers.map((number) => `:${String(number).padStart(2, '0')}`).join(' and ')}`;
  return new PhraseProblem(
    `"${said}" can be minutes past the hour, or hours of the day. Write "${minutes}" for minutes, or all times of the day.`,
    [],
  );
}

/** Returns the minutes past the hour. In "every hour at 6" and within a window, a bare number can be nothing else. */
function pastOf(draft: Draft): readonly number[] | null {
  const { times, pastMinutes, rate, window } = draft;
  if (times === null) return pastMinutes;
  const isMinute = pastMinutes === null && rate?.unit === 'hour' && times.every((time) => time.bare);
  if (isMinute) {
    const numbers = times.map((time) => time.hour);
    if (rate.every > 1 && window === null) throw twoReadings(numbers);
    return numbers;
  }
  throw new PhraseProblem(
    'This gives both times of day and an interval within the day. Keep one of them.',
    [],
    ['every hour at :30', 'every day at 9am'],
  );
}

function rateTimes(draft: Draft, unit: 'minute' | 'hour', every: number, everyDay: boolean): TimesOfDay[] {
  const past = pastOf(draft);
  if (draft.partOfDay !== null)
    throw new PhraseProblem(
      `Say when the ${draft.partOfDay} starts and ends.`,
      [],
      ['every hour between 6am and 12pm'],
    );
  if (unit === 'minute') {
    if (past !== null)
      throw new PhraseProblem('This gives both minutes of the hour and an interval of minutes. Keep one of them.', []);
    if (draft.window !== null) return windowTimes(draft, every, null, everyDay);
    return [{ minutes: Array.from({ length: 60 / every }, (_, index) => index * every), hours: [...ALL_HOURS] }];
  }
  if (draft.window !== null) return windowTimes(draft, every * 60, past, everyDay);
  if (24 % every !== 0) {
    throw new PhraseProblem(
      `${every} hours do not divide a day evenly, so the count would restart at midnight.`,
      [String(every), 'hours'],
      [1, 2, 3, 4, 6, 8, 12]
        .filter((step) => Math.abs(step - every) <= 2 || step === 12)
        .map((step) => (step === 1 ? 'every hour' : `every ${step} hours`)),
    );
  }
  const minutes = [...new Set(past ?? [0])].sort((a, b) => a - b);
  return [{ minutes, hours: ALL_HOURS.filter((hour) => hour % every === 0) }];
}

/**
 * Returns the times of day of a draft as products of hours and minutes; midnight, with a warning, if it gives none.
 *
 * @param everyDay Whether the draft is due on every day.
 */
export function draftTimes(draft: Draft, everyDay: boolean): TimesOfDay[] {
  if (draft.rate !== null) return rateTimes(draft, draft.rate.unit, draft.rate.every, everyDay);
  if (draft.window !== null) {
    throw new PhraseProblem('Say how often it runs within the window.', [], ['every hour between 9am and 5pm']);
  }
  if (draft.pastMinutes !== null) {
    if (draft.times !== null)
      throw new PhraseProblem('This gives both times of day and minutes of the hour. Keep one of them.', []);
    if (draft.period !== null)
      throw new PhraseProblem(
        `Say at which hour of the ${draft.period}.`,
        [],
        ['every hour at :30', 'every day at 9:30'],
      );
    return rateTimes(draft, 'hour', 1, everyDay);
  }
  if (draft.times !== null) return namedTimes(draft);
  if (draft.partOfDay !== null) {
    throw new PhraseProblem(`Say at what time in the ${draft.partOfDay}.`, [], [], {
      repairs: [[draft.partOfDay, `at ${USUAL[draft.partOfDay]}`]],
    });
  }
  draft.warnings.push('No time was given: midnight (12:00 AM) is assumed.');
  return [{ minutes: [0], hours: [0] }];
}
