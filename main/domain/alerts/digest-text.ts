import { DateTime } from 'luxon';
import type { ClockStyle } from '../../contract/time-style.ts';
import { clockTime } from '../naming/clock-time.ts';

/** What happened in the period of a digest, and what comes. */
export interface DigestFacts {
  readonly every: 'day' | 'week';
  readonly fromMs: number;
  readonly toMs: number;
  /** Number of runs that ended, test runs apart. */
  readonly runs: number;
  readonly succeeded: number;
  readonly doubtful: number;
  readonly cancelled: number;
  /** Tasks with failures, most first. */
  readonly failing: readonly { readonly task: string; readonly count: number; readonly reason: string }[];
  /** Tasks with missed slots, most first. */
  readonly missed: readonly { readonly task: string; readonly count: number }[];
  /** The next slot of each task that is due before the next digest, soonest first. */
  readonly due: readonly { readonly task: string; readonly slotMs: number }[];
}

interface TimeWords {
  readonly zone: string;
  readonly clock: ClockStyle;
}

/** Number of tasks that a list names. */
const listed = 10;

/** Returns a digest: a title that says how it went, and a line for each thing a person may act on. */
export function digestText(facts: DigestFacts, words: TimeWords): { title: string; message: string } {
  const { failing, missed, due, fromMs, toMs, runs, succeeded } = facts;
  const counts = [
    `${runs} ${runs === 1 ? 'run' : 'runs'}: ${succeeded} succeeded`,
    ...(failing.length === 0 ? [] : [`${failuresIn(failing)} failed`]),
    ...(facts.cancelled === 0 ? [] : [`${facts.cancelled} cancelled`]),
    ...(facts.doubtful === 0 ? [] : [`${facts.doubtful} of the successes doubtful`]),
  ].join(', ');
  const lines = [
    `From ${moment(fromMs, words)} to ${moment(toMs, words)}.`,
    ...(runs === 0 ? ['Nothing ran.'] : [`${counts}.`]),
    ...list('Failed:', failing, ({ task, count, reason }) => `${named(task, count)}: ${reason}`),
    ...list('Missed:', missed, ({ task, count }) => named(task, count)),
    ...(due.length === 0 ? [`Nothing is due before the next digest.`] : []),
    ...list('Next:', due, ({ task, slotMs }) => `${oneLine(task)}, ${moment(slotMs, words)}`),
  ];
  return { title: titleOf(facts), message: lines.join('\n') };
}

function titleOf({ every, runs, failing, missed }: DigestFacts): string {
  const name = every === 'day' ? 'Daily digest' : 'Weekly digest';
  const slots = missed.reduce((sum, { count }) => sum + count, 0);
  const wrong = [
    ...(failing.length === 0 ? [] : [`${failuresIn(failing)} of ${runs} runs failed`]),
    ...(slots === 0 ? [] : [`${slots} missed`]),
  ].join(', ');
  if (wrong !== '') return `${name}: ${wrong}`;
  if (runs === 0) return `${name}: nothing ran`;
  return `${name}: ${runs === 1 ? 'the only run' : `all ${runs} runs`} ended without a failure`;
}

function list<T>(title: string, all: readonly T[], line: (one: T) => string): string[] {
  if (all.length === 0) return [];
  const more = all.length > listed ? [`- and ${all.length - listed} more`] : [];
  return [title, ...all.slice(0, listed).map((one) => `- ${line(one)}`), ...more];
}

const failuresIn = (failing: DigestFacts['failing']): number => failing.reduce((sum, { count }) => sum + count, 0);
const named = (task: string, count: number): string => `${oneLine(task)}${count === 1 ? '' : ` (${count} times)`}`;
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

function moment(ms: number, { zone, clock }: TimeWords): string {
  const at = DateTime.fromMillis(ms, { zone, locale: 'en' });
  return `${at.toFormat('ccc d LLL')} ${clockTime(at.hour, at.minute, clock)}`;
}
