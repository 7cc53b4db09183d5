import type { DayRule } from '../../cron/cron-sets.ts';
import { exactRule } from '../../cron/exact-days.ts';
import { everyDay } from '../../cron/normal-days.ts';
import { WEEKDAY_NAMES } from '../../cron/calendar-names.ts';
import { ordinal } from '../../naming/lists.ts';
import type { Draft } from './draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { WHOLE_WEEK } from '../vocabulary.ts';

const ALL_MONTHS: readonly number[] = Array.from({ length: 12 }, (_, index) => index + 1);
const FIRST_OF_QUARTER: readonly number[] = [1, 4, 7, 10];
const LAST_OF_QUARTER: readonly number[] = [3, 6, 9, 12];

export interface DraftDays {
  readonly days: DayRule;
  readonly months: readonly number[];
}

const inMonth = (draft: Draft): boolean =>
  draft.countedIn !== null ||
  draft.months !== null ||
  draft.period === 'month' ||
  draft.period === 'quarter' ||
  draft.period === 'year';

/** Returns the months in which days "of the quarter" or "of the year" are counted. */
function countedMonths(unit: 'quarter' | 'year', fromEnd: boolean, fromStart: boolean): readonly number[] {
  if (fromEnd && fromStart) {
    throw new PhraseProblem(
      `The first and the last days of a ${unit} are in different months: use one task for each.`,
      [],
    );
  }
  if (unit === 'quarter') return fromEnd ? LAST_OF_QUARTER : FIRST_OF_QUARTER;
  return fromEnd ? [12] : [1];
}

function monthsOf(draft: Draft): readonly number[] {
  const unit = draft.countedIn === 'month' ? draft.period : (draft.countedIn ?? draft.period);
  if (draft.monthStep !== null) {
    const step = draft.monthStep;
    if (draft.months !== null)
      throw new PhraseProblem('This gives both months and an interval of months. Keep one of them.', []);
    return ALL_MONTHS.filter((month) => (month - 1) % step === 0);
  }
  if (draft.months !== null) {
    if (draft.period === 'quarter')
      throw new PhraseProblem('This gives both months and every quarter. Keep one of them.', []);
    return draft.months;
  }
  if (unit !== 'quarter' && unit !== 'year') return ALL_MONTHS;
  const { workdays = [], nearest = [], fromEnd: beforeEnd = [] } = draft.exact ?? {};
  const counts = [...workdays, ...(draft.nth ?? []).map(({ nth }) => nth)];
  const fromEnd = draft.lastDay || beforeEnd.length > 0 || counts.some((nth) => nth < 0);
  const fromStart = (draft.monthDays ?? []).length + nearest.length > 0 || counts.some((nth) => nth > 0);
  return countedMonths(unit, fromEnd, fromStart);
}

/** Throws for "every day on monday", "daily on the 15th" and "every month on december 25": one of the two would be lost. */
function assertSamePeriod(draft: Draft): void {
  const { period, weekdays, months } = draft;
  const [weekday] = weekdays ?? [];
  if (period === 'day' && weekday !== undefined && weekdays?.length === 1) {
    const day = WEEKDAY_NAMES[weekday] ?? '';
    throw new PhraseProblem(
      `This says both every day and ${day}. Keep one of them.`,
      [],
      [`every ${day.toLowerCase()} at 9am`],
      { repairs: ['every day on', 'daily on', 'every day', 'daily'].map((words) => [words, 'every'] as const) },
    );
  }
  if (period === 'day' && (draft.monthDays !== null || draft.nth !== null || draft.exact !== null)) {
    throw new PhraseProblem('This says both every day and days of the month. Keep one of them.', [], [], {
      repairs: [
        ['every day', 'every month'],
        ['daily', 'monthly'],
      ],
    });
  }
  if (period === 'month' && months !== null && draft.monthStep === null) {
    throw new PhraseProblem('This says both every month and certain months. Keep one of them.', [], [], {
      repairs: [
        ['every month', 'every year'],
        ['monthly', 'yearly'],
      ],
    });
  }
}

function assertOneKind(draft: Draft): void {
  assertSamePeriod(draft);
  const kinds = [draft.weekdays, draft.nth, draft.monthDays, draft.exact].filter((kind) => kind !== null);
  if (kinds.length > 1) {
    throw new PhraseProblem(
      'This gives both weekdays and days of the month. Write "the 13th if it is a friday" if both must match, and use one task for each if either is enough.',
      [],
    );
  }
  if (draft.weekdays !== null && ['month', 'quarter', 'year'].includes(draft.period ?? '')) {
    const day = WEEKDAY_NAMES[draft.weekdays[0] ?? 1]?.toLowerCase() ?? 'monday';
    throw new PhraseProblem(
      `Say which ${day} of the ${draft.period ?? 'month'} you mean.`,
      [],
      [`first ${day} of the month`, `every ${day}`],
    );
  }
  if (draft.period === 'week' && (draft.monthDays !== null || draft.nth !== null || draft.exact !== null)) {
    throw new PhraseProblem(
      'Days of the month do not repeat every week.',
      [],
      ['every month on the 1st', 'every week on monday'],
    );
  }
}

const WHOLE_MONTH: readonly number[] = Array.from({ length: 31 }, (_, index) => index + 1);

const monthDaysLeft = ({ exceptMonthDays }: Draft): number[] =>
  WHOLE_MONTH.filter((day) => !exceptMonthDays.includes(day));

function weekdaysLeft(draft: Draft, named: readonly number[]): number[] {
  const weekdays = named.filter((day) => !draft.exceptWeekdays.includes(day));
  if (weekdays.length === 0) throw new PhraseProblem('No day is left after the exceptions.', []);
  return weekdays;
}

function weekdayRule(draft: Draft): DayRule {
  const weekdays = weekdaysLeft(draft, draft.weekdays ?? WHOLE_WEEK);
  if (draft.exceptMonthDays.length > 0) {
    const monthDays = monthDaysLeft(draft);
    return weekdays.length === 7
      ? { ...everyDay, monthDays }
      : exactRule({ monthDays, weekdays: weekdays, both: true });
  }
  return weekdays.length === 7 ? everyDay : { ...everyDay, weekdays };
}

/** Returns days of the month that also are one of some weekdays. */
function bothRule(draft: Draft, weekdays: readonly number[]): DayRule {
  const { monthDays, lastDay, exact } = draft;
  const fromEnd = [...(exact?.fromEnd ?? []), ...(lastDay ? [0] : [])];
  return exactRule({ ...exact, monthDays: monthDays ?? [], fromEnd, weekdays, both: true });
}

function assertExactClear(draft: Draft): void {
  const [first] = draft.exact?.workdays ?? [];
  if (first === undefined || inMonth(draft)) return;
  const which = first > 0 ? ordinal(first) : first === -1 ? 'last' : `${ordinal(-first)} to last`;
  throw new PhraseProblem(
    `Say whether you mean the ${which} working day of the month, the quarter or the year.`,
    [],
    [`${which} working day of the month`, 'every weekday'],
  );
}

function assertNthClear(draft: Draft): void {
  const [first] = draft.nth ?? [];
  if (first === undefined || inMonth(draft)) return;
  const day = (WEEKDAY_NAMES[first.weekday] ?? '').toLowerCase();
  const which = first.nth === -1 ? 'last' : ordinal(first.nth);
  throw new PhraseProblem(
    `Say whether you mean the ${which} ${day} of the month, the quarter or the year.`,
    [],
    [`${which} ${day} of the month`, `every ${day}`],
  );
}

/** Returns days of the month, without exceptions and only on the weekdays that were said. */
function daysInMonth(draft: Draft): DayRule {
  if (draft.exceptMonthDays.length > 0)
    throw new PhraseProblem('This names days of the month and leaves out others. Name only those that it runs on.', []);
  if (draft.nth !== null) {
    if (draft.exceptWeekdays.length > 0 || draft.ifWeekdays !== null)
      throw new PhraseProblem('A weekday by its number is on one weekday only. Name that one.', []);
    return { ...everyDay, weekdays: [], nthWeekdays: draft.nth };
  }
  if (draft.ifWeekdays !== null || draft.exceptWeekdays.length > 0)
    return bothRule(draft, weekdaysLeft(draft, draft.ifWeekdays ?? WHOLE_WEEK));
  if (draft.exact !== null) return exactRule(draft.exact);
  return { ...everyDay, monthDays: draft.monthDays, lastDayOfMonth: draft.lastDay };
}

/** Returns the days of a draft; if it names none, the first day of its week, month, quarter or year. */
export function draftDays(draft: Draft): DraftDays {
  assertOneKind(draft);
  assertNthClear(draft);
  assertExactClear(draft);
  const months = monthsOf(draft).filter((month) => !draft.exceptMonths.includes(month));
  if (months.length === 0) throw new PhraseProblem('No month is left after the exceptions.', []);
  if (draft.nth !== null || draft.monthDays !== null || draft.exact !== null)
    return { days: daysInMonth(draft), months };
  if (draft.ifWeekdays !== null)
    throw new PhraseProblem(
      'Say which days of the month it runs on if they fall on these weekdays.',
      [],
      ['the 13th if it is a friday at 9am'],
    );
  if (draft.weekdays !== null || draft.rate !== null || draft.pastMinutes !== null || draft.period === 'day') {
    return { days: weekdayRule(draft), months };
  }
  return { days: firstDay(draft), months };
}

function firstDay(draft: Draft): DayRule {
  if (draft.exceptWeekdays.length > 0 && draft.period === null) return weekdayRule(draft);
  if (draft.period === 'week') {
    draft.warnings.push('No day of the week was given: Sunday is assumed, as @weekly does.');
    return { ...everyDay, weekdays: [0] };
  }
  if (draft.period === null) {
    throw new PhraseProblem('Say on which days it runs.', [], ['every day at 9am', 'every monday at 9am']);
  }
  if (draft.exceptWeekdays.length > 0)
    throw new PhraseProblem('Cron cannot exclude weekdays from days of the month.', []);
  const within = draft.months === null ? draft.period : 'month';
  draft.warnings.push(`No day was given: the first day of the ${within} is assumed.`);
  return { ...everyDay, monthDays: [1] };
}
