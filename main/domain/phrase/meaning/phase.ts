import { DateTime } from 'luxon';
import type { CronExpression } from '../../cron/cron-sets.ts';
import { minuteMs } from '../../durations.ts';
import { combinedSpec } from '../../timing/combined-spec.ts';
import { intervalSpec } from '../../timing/interval-spec.ts';
import type { ScheduleSpec } from '../../timing/schedule-spec.ts';
import { nextSlots } from '../../timing/slots.ts';
import { instantOfWall } from '../instant.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { boundDay, today } from './bounds.ts';
import type { Now } from './day-of-date.ts';
import type { Draft } from './draft.ts';
import { saidTimes } from './times.ts';

/** Returns the day from which a draft counts, as wall-clock midnight; null if it says none. */
function anchorDay({ countedFrom, starts }: Draft, now: Now): number | null {
  if (countedFrom !== null) return boundDay(countedFrom, now, today(now));
  return starts === null ? null : boundDay(starts, now, today(now));
}

/** Completes "every 2 weeks from 4 December" and "every 5 months from 15 March": the day is that of the start. */
export function daysFromStart(draft: Draft, now: Now): void {
  if (draft.phase === null && draft.monthStep !== null && (draft.starts ?? draft.countedFrom) !== null) {
    draft.phase = { count: draft.monthStep, unit: 'month' };
    draft.monthStep = null;
  }
  const day = anchorDay(draft, now);
  if (draft.phase === null || day === null || draft.nth !== null || draft.exact !== null) return;
  const date = new Date(day);
  if (draft.phase.unit === 'week' && draft.weekdays === null) draft.weekdays = [date.getUTCDay()];
  const isMonth = draft.phase.unit === 'month' && draft.monthDays === null && draft.months === null;
  if (isMonth) draft.monthDays = [date.getUTCDate()];
  if (isMonth && draft.period === 'year') draft.months = [date.getUTCMonth() + 1];
}

/** Returns the lines in every nth period, counted from the first run after the start, or after now. */
export function phasedSpec(lines: readonly CronExpression[], draft: Draft, now: Now): ScheduleSpec {
  const { zone, nowMs, clock } = now;
  const { phase } = draft;
  if (phase === null) return combinedSpec(lines, null, zone);
  const anchor = anchorDay(draft, now);
  if (draft.countedFrom !== null && anchor !== null)
    return combinedSpec(lines, { ...phase, from: new Date(anchor).toISOString().slice(0, 10) }, zone);
  const fromMs = anchor === null ? nowMs : instantOfWall(anchor, zone, clock).atMs - 1;
  const [first = nowMs] = nextSlots(combinedSpec(lines, null, zone), Math.max(fromMs, nowMs), 1);
  const local = DateTime.fromMillis(first, { zone, locale: 'en-US' });
  draft.warnings.push(`Counted from ${local.toFormat('cccc, d LLLL yyyy')}.`);
  return combinedSpec(lines, { ...phase, from: local.toFormat('yyyy-MM-dd') }, zone);
}

/** Returns the minutes of an interval that does not divide its hour or day, so that it is one of real time; else null. */
export function realMinutes({ rate, window }: Draft): number | null {
  if (rate === null || window !== null) return null;
  if (rate.unit === 'minute') return 60 % rate.every === 0 ? null : rate.every;
  return 24 % rate.every === 0 ? null : rate.every * 60;
}

/** Returns the two nearest steps that cron can say, in the place of the number that was said. */
function evenSteps(rate: Draft['rate']): [string, string][] {
  if (rate === null) return [];
  const steps = rate.unit === 'minute' ? [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60] : [1, 2, 3, 4, 6, 8, 12];
  const distance = (step: number): number => Math.abs(step - rate.every);
  const nearest = steps.sort((a, b) => distance(a) - distance(b)).slice(0, 2);
  return nearest.map((step) => [String(rate.every), String(step)]);
}

/** Returns the minute of its first day at which an interval of real time begins; 0 for every other draft. */
export function startMinute(draft: Draft): number {
  const [time] = realMinutes(draft) === null ? [] : (draft.times ?? []);
  return time === undefined ? 0 : time.hour * 60 + time.minute;
}

/** Returns "every 90 minutes": counted from the start, or from now. */
export function intervalOfDraft(minutes: number, draft: Draft, now: Now): ScheduleSpec {
  const isLimited =
    [
      draft.weekdays,
      draft.nth,
      draft.exact,
      draft.monthDays,
      draft.months,
      draft.pastMinutes,
      draft.partOfDay,
      draft.phase,
    ].some((part) => part !== null) ||
    draft.exceptWeekdays.length + draft.exceptMonthDays.length + draft.exceptMonths.length > 0;
  const [time] = saidTimes(draft);
  const day = anchorDay(draft, now);
  if (isLimited || (time !== undefined && (day === null || (draft.times ?? []).length > 1))) {
    throw new PhraseProblem(
      `Every ${minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`} is an interval of real time, which runs day and night on every day. Name its hours to limit it to days or times.`,
      [],
      [],
      // One that starts on a day was meant as an interval.
      { repairs: draft.starts === null ? evenSteps(draft.rate) : [] },
    );
  }
  const wall = (day ?? 0) + startMinute(draft) * minuteMs;
  const fromMs = day === null ? now.nowMs : instantOfWall(wall, now.zone, now.clock).atMs;
  return intervalSpec(minutes, fromMs, now.zone);
}
