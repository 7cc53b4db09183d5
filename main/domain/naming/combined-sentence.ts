import { DateTime } from 'luxon';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronExpression, CronSets } from '../cron/cron-sets.ts';
import { formatMonthDays, formatWeekdays } from '../cron/format-cron.ts';
import { evenRun } from '../cron/listed-times.ts';
import type { CombinedSchedule, IntervalSchedule } from '../timing/schedule-spec.ts';
import { clockTime } from './clock-time.ts';
import { cronSentence } from './cron-sentence.ts';
import { sentenceList } from './lists.ts';
import { sentenceDays } from './sentence-days.ts';
import type { SentenceDays } from './day-names.ts';
import { dayTime, everyCount } from './sentence-times.ts';
import type { SentenceTimes } from './sentence-times.ts';

/** The most times of a day that a sentence lists one by one. */
const MOST_TIMES = 12;
/** From this many equal steps on, times are an interval: "every 30 minutes". */
const LEAST_STEPS = 4;

const daysText = ({ days, months }: CronSets): string =>
  `${formatMonthDays(days)} ${months.join()} ${formatWeekdays(days)}`;

function linesByDay(lines: readonly CronExpression[]): CronExpression[][] {
  const groups = new Map<string, CronExpression[]>();
  for (const line of lines) {
    const key = daysText(line.sets);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}

const isDaily = (lines: readonly CronExpression[]): boolean =>
  lines.every(({ sets: { days } }) => days.monthDays === null && days.weekdays === null && days.exact === undefined);

/**
 * Returns the times of lines that share their days, or null if there are too many to say.
 * @param isEveryDay Whether they run every day. Otherwise times after midnight belong to the night before, which no window says.
 */
function unionTimes(lines: readonly CronExpression[], clock: ClockStyle, isEveryDay: boolean): SentenceTimes | null {
  const times = lines
    .flatMap(({ sets }) => sets.hours.flatMap((hour) => sets.minutes.map((minute) => hour * 60 + minute)))
    .sort((a, b) => a - b);
  const run = times.length > LEAST_STEPS ? evenRun(times) : null;
  const shown = (time: number): string => clockTime(Math.floor(time / 60), time % 60, clock);
  if (run !== null && (isEveryDay || run.first < run.last)) {
    const rate = run.step % 60 === 0 ? everyCount(run.step / 60, 'hour') : everyCount(run.step, 'minute');
    return { kind: 'every', rate, window: `${shown(run.first)} to ${shown(run.last)}` };
  }
  if (times.length > MOST_TIMES) return null;
  const listed = times.map((time) => dayTime(Math.floor(time / 60), time % 60, clock));
  return { kind: 'at', times: sentenceList(listed) };
}

function groupSentence(lines: readonly CronExpression[], clock: ClockStyle): string {
  const [only] = lines;
  if (only !== undefined && lines.length === 1) return cronSentence(only.sets, clock);
  const days = only === undefined ? null : sentenceDays(only.sets);
  const times = unionTimes(lines, clock, isDaily(lines));
  if (days === null || times === null) return lines.map(({ sets }) => cronSentence(sets, clock)).join('; ');
  if (times.kind === 'at') return `${days.lead} at ${times.times}`;
  return [times.rate, times.window ?? '', days.tail].filter((part) => part !== '').join(', ');
}

const lowerFirst = (text: string): string =>
  /^(?:Every|Weekdays|Weekends|On) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

function linesSentence(lines: readonly CronExpression[], clock: ClockStyle): string {
  const [first = '', ...rest] = linesByDay(lines).map((same) => groupSentence(same, clock));
  const isShort = [first, ...rest].every((text) => !/[,;]/.test(text));
  return [first, ...rest.map(lowerFirst)].join(isShort ? ' and ' : '; ');
}

const dateText = (ms: number, zone: string): string =>
  DateTime.fromMillis(ms, { zone, locale: 'en-US' }).toFormat('d LLLL yyyy');

/** Returns the days of a phase: "on Friday", "on the 1st", "Monday to Friday". */
function phaseDays({ tail }: SentenceDays): string {
  const days = tail.replace(/ of every month\b/, '');
  if (days === '') return '';
  return /^(?:on|in) /.test(days) ? ` ${days}` : `, ${days}`;
}

/** Returns `Every day at 6:30, 15:00 and 20:45`, `Every 2 weeks on Friday at 9:00, counted from 4 December 2026`. */
export function combinedSentence({ lines, phase }: CombinedSchedule, clock: ClockStyle): string {
  if (phase === null) return linesSentence(lines, clock);
  const every = everyCount(phase.count, phase.unit);
  const groups = linesByDay(lines);
  const [only] = lines;
  const days = only === undefined || groups.length > 1 ? null : sentenceDays(only.sets);
  const times = days === null ? null : unionTimes(lines, clock, false);
  const counted = `counted from ${dateText(Date.parse(phase.from), 'UTC')}`;
  if (days === null || times === null) return `${every}: ${linesSentence(lines, clock)}; ${counted}`;
  if (times.kind === 'at') return `${every}${phaseDays(days)} at ${times.times}, ${counted}`;
  const rate = [times.rate.toLowerCase(), times.window ?? ''].filter((part) => part !== '').join(', ');
  return `${every}${phaseDays(days)}, ${rate}, ${counted}`;
}

/** Returns `Every 90 minutes, counted from 1 December 2026 at 10:00`. */
export function intervalSentence({ minutes, anchorMs, timezone }: IntervalSchedule, clock: ClockStyle): string {
  const every = minutes % 60 === 0 ? everyCount(minutes / 60, 'hour') : everyCount(minutes, 'minute');
  const { hour, minute } = DateTime.fromMillis(anchorMs, { zone: timezone });
  return `${every}, counted from ${dateText(anchorMs, timezone)} at ${clockTime(hour, minute, clock)}`;
}
