import { eventTexts } from '../../../../../main/contract/events.ts';
import { clockTime } from '../../../../../main/contract/time-style.ts';
import type { ClockStyle } from '../../../../../main/contract/time-style.ts';
import { endMinute, isEvenInterval, minutesOfDay } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';

// The words of the phrase reader, which are English whatever the language of the window is.
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const nths: Readonly<Record<string, string>> = {
  ...{ 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' },
  last: 'last',
};

const numerically = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Returns `a, b and c`. */
const listOf = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

const timeWords = (times: readonly number[], clock: ClockStyle): string =>
  listOf(times.map((time) => clockTime(Math.floor(time / 60), time % 60, clock)));

function ordinal(day: string): string {
  const suffix = /1[123]$/.test(day) ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[day.at(-1) ?? ''] ?? 'th');
  return `${day}${suffix}`;
}

const monthsOf = ({ months }: BuiltSchedule): string =>
  months.length === 0 || months.length === 12
    ? ''
    : listOf(numerically(months).map((month) => monthNames[month - 1] ?? ''));

/** Returns the weekdays from Monday on: `weekdays`, `weekends`, `Monday and Friday`; empty for every day. */
function weekdaysOf({ weekdays }: BuiltSchedule): string {
  const key = numerically(weekdays).join('');
  if (key === '' || weekdays.length === 7) return '';
  if (key === '12345') return 'weekdays';
  if (key === '06') return 'weekends';
  const fromMonday = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return listOf(fromMonday.map((day) => weekdayNames[day] ?? ''));
}

function interval(built: BuiltSchedule, clock: ClockStyle): string {
  const { every, step, minute, window } = built;
  const unit = every === 'minutes' ? 'minute' : 'hour';
  const past = every === 'hours' && minute > 0 ? ` at :${String(minute).padStart(2, '0')}` : '';
  const from = (window?.from ?? 0) * 60;
  const to = endMinute(window?.to ?? 0);
  const within = window === null ? '' : ` from ${timeWords([from], clock)} to ${timeWords([to], clock)}`;
  const days = weekdaysOf(built);
  const months = monthsOf(built);
  const rate = step === 1 ? `every ${unit}` : `every ${step} ${unit}s`;
  return `${rate}${past}${within}${days === '' ? '' : ` on ${days}`}${months === '' ? '' : ` in ${months}`}`;
}

/** Returns `every 90 minutes`, and from which instant they are counted. */
function realTime({ step, start, times }: BuiltSchedule): string {
  const [count, unit] = step % 60 === 0 ? [step / 60, 'hour'] : [step, 'minute'];
  const rate = count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
  const from = isEvenInterval(step) ? start : `${start} ${times[0] ?? ''}`;
  return start === '' ? rate : `${rate} from ${from}`;
}

function monthly(built: BuiltSchedule): string {
  const { day } = built;
  const months = monthsOf(built);
  const [nth = '', weekday] = day.split('#');
  // "On the 25th of December" would be the next one, once.
  if (weekday === undefined && day !== 'last' && built.months.length === 1) return `every year on ${day} ${months}`;
  const name =
    weekday === undefined ? 'day' : weekday === 'work' ? 'working day' : (weekdayNames[Number(weekday)] ?? '');
  const named = weekday === undefined && day !== 'last' ? ordinal(day) : `${nths[nth] ?? ''} ${name}`;
  return `on the ${named} of ${months === '' ? 'every month' : months}`;
}

/**
 * Returns the words of a built schedule, as a person would type them; for `once` date and time. Several times that do not
 * fit one schedule are written all the same: the phrase reader then says why it refuses them.
 * @param zone the zone to name; null for the zone of the task. Date and time are always in the zone of the task.
 */
export function wordsOfBuilt(built: BuiltSchedule, clock: ClockStyle, zone: string | null = null): string {
  const { every, date, times, events } = built;
  if (every === 'demand') return 'on demand';
  if (every === 'event') return events.map((event) => eventTexts[event]).join(' or ');
  if (every === 'once') return `${date} ${times[0] ?? ''}`;
  const { start, end } = built;
  const isCounted = every === 'interval';
  const from = start === '' || isCounted ? '' : ` from ${start}`;
  const repeated = isCounted ? realTime(built) : recurring(built, clock);
  return `${repeated}${zone === null ? '' : ` in ${zone}`}${from}${end === '' ? '' : ` until ${end}`}`;
}

/** Returns `every 2 weeks on Monday`, with every day by its name. */
function everyOther({ every, count, weekdays }: BuiltSchedule): string {
  if (every === 'day') return `every ${count} days`;
  const fromMonday = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return `every ${count} weeks on ${listOf(fromMonday.map((day) => weekdayNames[day] ?? ''))}`;
}

function recurring(built: BuiltSchedule, clock: ClockStyle): string {
  const { every, times } = built;
  if (every === 'minutes' || every === 'hours') return interval(built, clock);
  const at = `at ${timeWords(minutesOfDay(times), clock)}`;
  if (every === 'month') return `${monthly(built)} ${at}`;
  const months = monthsOf(built);
  if (built.count > 1) return `${everyOther(built)} ${at}`;
  const days = every === 'week' ? weekdaysOf(built) : '';
  const lead = days === '' ? 'every day' : /^week/.test(days) ? days : `every ${days}`;
  return `${lead}${months === '' ? '' : ` in ${months}`} ${at}`;
}
