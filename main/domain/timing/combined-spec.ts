import { asUnion, combineLines, coverOf } from '../cron/combine-lines.ts';
import type { CronExpression } from '../cron/cron-sets.ts';
import { everyDay } from '../cron/normal-days.ts';
import { cronOf } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import { phaseOffset } from './phase.ts';
import type { Phase } from './phase.ts';
import type { CombinedSchedule, ScheduleSpec } from './schedule-spec.ts';
import { nextSlots } from './slots.ts';

/** More lines than any schedule that a person can describe needs: computing its slots takes long. */
export const mostCronLines = 60;

/** The months of a phase that divides a year, or null if it does not. */
function monthsOf({ count, unit, from }: Phase): number[] | null {
  if (unit !== 'month' || 12 % count !== 0) return null;
  const first = new Date(from).getUTCMonth();
  return Array.from({ length: 12 / count }, (_, index) => ((first + index * count) % 12) + 1);
}

const neverFires = (lines: readonly CronExpression[], { count, unit, from }: Phase): SchedulerError =>
  new SchedulerError(
    'schedule/never-fires',
    `This schedule never fires: no day of "${lines.map(({ canonical }) => canonical).join('; ')}" is in every ${count} ${unit}s from ${from}.`,
    { field: 'schedule' },
  );

/** Writes a phase in the simplest way: `every 14 days` is every other week on a weekday, `every 6 months` is cron. */
function simplest(lines: readonly CronExpression[], phase: Phase): { lines: CronExpression[]; phase: Phase | null } {
  const months = monthsOf(phase);
  if (months !== null) {
    const left = lines.flatMap(({ sets }) => {
      const both = sets.months.filter((month) => months.includes(month));
      return both.length === 0 ? [] : (cronOf(sets.minutes, sets.hours, both, sets.days) ?? []);
    });
    if (left.length === 0) throw neverFires(lines, phase);
    return { lines: left, phase: null };
  }
  const areDaily = lines.every(
    ({ sets: { days } }) => days.monthDays === null && days.weekdays === null && days.exact === undefined,
  );
  if (phase.unit !== 'day' || phase.count % 7 !== 0 || !areDaily) return { lines: [...lines], phase };
  const days = { ...everyDay, weekdays: [new Date(phase.from).getUTCDay()] };
  const weekly = lines.flatMap(({ sets }) => cronOf(sets.minutes, sets.hours, sets.months, days) ?? []);
  const count = phase.count / 7;
  return { lines: weekly, phase: count === 1 ? null : { ...phase, count, unit: 'week' } };
}

/**
 * Returns the schedule of cron lines, any of which is enough, in every nth period if `phase` is given. Canonical: equal
 * meaning, equal key; plain cron if one line says it.
 *
 * @throws SchedulerError `schedule/too-complex` for more than 60 lines, `schedule/never-fires` if no day is in the phase.
 */
export function combinedSpec(all: readonly CronExpression[], period: Phase | null, timezone: string): ScheduleSpec {
  const said = period === null ? { lines: [...all], phase: null } : simplest(all, period);
  const combined = said.lines.length === 1 ? said.lines : combineLines(said.lines);
  const [cron] = combined;
  const { phase } = said;
  if (combined.length > mostCronLines)
    throw new SchedulerError(
      'schedule/too-complex',
      `This schedule needs ${combined.length} cron lines; a schedule has at most ${mostCronLines}. Use several tasks.`,
      { field: 'schedule', lines: combined.length },
    );
  const isPlain = combined.length === 1 && phase === null && cron?.sets.days.exact === undefined;
  if (cron !== undefined && isPlain) return { kind: 'cron', cron, timezone };
  const spec = combinedOf(combined, phase, timezone);
  if (phase !== null) assertFires(spec, phase);
  return spec;
}

function assertFires(spec: CombinedSchedule, phase: Phase): void {
  try {
    nextSlots(spec, Date.parse(phase.from), 1);
  } catch (error) {
    if (error instanceof SchedulerError && error.code === 'schedule/no-next-run') throw neverFires(spec.lines, phase);
    throw error;
  }
}

/** Returns the schedule of lines that are canonical already. */
export function combinedOf(lines: readonly CronExpression[], phase: Phase | null, timezone: string): CombinedSchedule {
  return { kind: 'combined', lines: asUnion(lines), phase, cover: coverOf(lines), timezone };
}

/** Returns the identity of a combined schedule, without its zone. */
export function combinedKey({ lines, phase }: CombinedSchedule): string {
  const crons = lines.map(({ canonical }) => canonical).join('; ');
  return phase === null ? crons : `${crons} every ${phase.count} ${phase.unit}s + ${phaseOffset(phase)}`;
}
