import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronExpression } from '../cron/cron-sets.ts';
import { cronOf } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { WEEKDAY_NAMES } from '../cron/calendar-names.ts';
import type { Draft } from './meaning/draft.ts';
import { draftDays } from './meaning/days.ts';
import { draftOnce, isNextOccurrence } from './meaning/once.ts';
import { draftTimes } from './meaning/times.ts';
import { PhraseProblem } from './phrase-problem.ts';
import { readDrafts } from './clauses/read-drafts.ts';
import { boundsOf } from './meaning/bounds.ts';
import type { Bounds } from './meaning/bounds.ts';
import type { Now } from './meaning/day-of-date.ts';
import { daysFromStart, intervalOfDraft, phasedSpec, realMinutes, startMinute } from './meaning/phase.ts';
import { offerFor } from './suggestions.ts';

/** A schedule and the warnings from reading it. */
export interface Reading {
  readonly spec: ScheduleSpec;
  readonly warnings: readonly string[];
  /** The first and last instant that the phrase allows. */
  readonly bounds?: Bounds;
}

/** Longer texts are not phrases, and reading them would take long. */
const LONGEST = 300;

/** Usual days and times for so many runs in a period. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  '2 day': ['every day at 9am and 5pm'],
  '3 day': ['every day at 8am, 2pm and 8pm'],
  '2 week': ['every monday and thursday at 9am'],
  '3 week': ['every monday, wednesday and friday at 9am'],
  '2 month': ['on the 1st and 15th of the month'],
};

function assertCount(draft: Draft): void {
  const { count } = draft;
  if (count === null) return;
  const named =
    count.per === 'week'
      ? (draft.weekdays?.length ?? 0)
      : count.per === 'day'
        ? (draft.times?.length ?? 0)
        : (draft.monthDays?.length ?? 0);
  if (count.times === named || (count.times === 1 && named === 0)) return;
  throw new PhraseProblem(
    `This says ${count.times} ${count.times === 1 ? 'time' : 'times'} a ${count.per} but names ${named}. Name all of them.`,
    [],
    SEVERAL[`${count.times} ${count.per}`] ?? [],
  );
}

function warnAssumed(draft: Draft): void {
  if (draft.recurring) return;
  const isDayOf = draft.monthDays !== null || draft.nth !== null || draft.exact !== null;
  const once = 'Write the date with its month and year for a single run.';
  if (draft.months !== null && isDayOf) draft.warnings.push(`Read as every year. ${once}`);
  if (draft.countedIn !== null && draft.edge) draft.warnings.push(`Read as every ${draft.countedIn}. ${once}`);
  if (draft.countedIn !== null) return;
  const [weekday] = draft.weekdays ?? [];
  if (weekday !== undefined) {
    const day = WEEKDAY_NAMES[weekday]?.toLowerCase() ?? '';
    draft.warnings.push(`Read as every ${day}. Write "this ${day}" for a single run.`);
  }
  if (draft.monthDays !== null && draft.months === null) draft.warnings.push('Read as every month.');
}

function recurring(draft: Draft): CronExpression[] {
  assertCount(draft);
  warnAssumed(draft);
  const { days, months } = draftDays(draft);
  const everyDay = days.monthDays === null && days.weekdays === null && months.length === 12;
  return draftTimes(draft, everyDay).map(({ minutes, hours }) => {
    const cron = cronOf(minutes, hours, months, days);
    if (cron !== null) return cron;
    throw new SchedulerError('schedule/never-fires', 'This schedule never fires: none of its months has such a day.', {
      field: 'day-of-month',
    });
  });
}

const isOnce = (draft: Draft): boolean => draft.distance !== null || draft.date !== null || isNextOccurrence(draft);

function recurringSpec(drafts: readonly Draft[], last: Draft, now: Now): ScheduleSpec {
  const minutes = drafts.length === 1 ? realMinutes(last) : null;
  if (minutes !== null) return intervalOfDraft(minutes, last, now);
  if (drafts.length === 1) daysFromStart(last, now);
  const isMixed = drafts.length > 1 && drafts.some(({ phase, countedFrom }) => phase !== null || countedFrom !== null);
  const isBounded = drafts.slice(0, -1).some(({ starts, ends }) => starts !== null || ends !== null);
  if (isMixed || isBounded)
    throw new PhraseProblem(
      'Only a schedule as a whole can start, end or run every nth week. Name the dates once, at the end, or use two tasks.',
      [],
    );
  if (last.countedFrom !== null && last.phase === null)
    throw new PhraseProblem('Say what is counted from this date.', [], ['every 2 weeks on friday']);
  return phasedSpec(drafts.flatMap(recurring), last, now);
}

/** Reads a phrase without computing suggestions. */
function readOnly(text: string, zone: string, nowMs: number, clock: ClockStyle): Reading {
  const drafts = readDrafts(text, clock);
  const [draft] = drafts;
  const timezone = drafts.at(-1)?.zone ?? zone;
  if (draft !== undefined && drafts.length === 1 && isOnce(draft)) {
    if ([draft.starts, draft.ends, draft.countedFrom].some((part) => part !== null))
      throw new PhraseProblem(
        'A single run has no first or last day. Say how often it runs.',
        [],
        ['every day at 9am'],
      );
    const { atMs, warnings } = draftOnce(draft, timezone, nowMs);
    return { spec: { kind: 'once', atMs, timezone }, warnings: [...draft.warnings, ...warnings] };
  }
  const now: Now = { zone: timezone, nowMs, clock };
  const last = drafts.at(-1) ?? draft;
  if (last === undefined) throw new PhraseProblem('The schedule is empty.', []);
  const bounds = boundsOf(last, now, startMinute(last));
  const spec = recurringSpec(drafts, last, now);
  return { spec, warnings: drafts.flatMap(({ warnings }) => warnings), bounds };
}

function refusal(text: string, problem: PhraseProblem, isUnderstood: (phrase: string) => boolean): SchedulerError {
  const { suggestions, examples } = offerFor(text, problem, isUnderstood);
  const quoted = (phrases: readonly string[]): string => phrases.map((phrase) => `"${phrase}"`).join(', ');
  const hint = suggestions.length > 0 ? `Try ${quoted(suggestions)}.` : `Examples: ${quoted(examples)}.`;
  return new SchedulerError('schedule/not-understood', `${problem.message} ${hint}`, {
    field: 'schedule',
    unused: problem.words,
    suggestions,
    examples,
  });
}

/**
 * Returns the meaning of a phrase in a zone at a given moment. Every word counts: the phrase is refused if one has no
 * meaning.
 *
 * @throws SchedulerError `schedule/not-understood` with `details.unused`, `details.suggestions` (what was probably meant) and, if there
 * are none, `details.examples`, or
 * `schedule/never-fires`.
 */
export function readPhrase(text: string, zone: string, nowMs: number, clock: ClockStyle): Reading {
  const isUnderstood = (phrase: string): boolean => {
    try {
      readOnly(phrase, zone, nowMs, clock);
      return true;
    } catch (error) {
      if (error instanceof PhraseProblem || error instanceof SchedulerError) return false;
      throw error;
    }
  };
  const short = text.slice(0, LONGEST);
  try {
    if (text.length > LONGEST) throw new PhraseProblem(`A schedule has at most ${LONGEST} characters.`, []);
    if (text === '') throw new PhraseProblem('The schedule is empty.', []);
    return readOnly(text, zone, nowMs, clock);
  } catch (error) {
    if (error instanceof PhraseProblem) throw refusal(short, error, isUnderstood);
    throw error;
  }
}
