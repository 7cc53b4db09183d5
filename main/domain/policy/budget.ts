import { DateTime } from 'luxon';
import type { BudgetPeriod, BudgetUse } from '../../contract/budget.ts';
import { minuteMs } from '../durations.ts';

/** What was used in a period. */
export interface Spent {
  /** Attempts that started. */
  readonly runs: number;
  readonly runMs: number;
  /** US dollars; null if none of the runs reported a cost. */
  readonly costUsd: number | null;
}

/** A calendar day and its month in one time zone. */
export interface BudgetDays {
  /** `2026-11-29`. */
  readonly day: string;
  /** The first day of the month, `2026-11-01`. */
  readonly month: string;
}

/** Returns the day and the month of an instant in a zone, which must be valid. */
export function budgetDays(atMs: number, zone: string): BudgetDays {
  const day = DateTime.fromMillis(atMs, { zone }).toFormat('yyyy-MM-dd');
  return { day, month: `${day.slice(0, 'yyyy-MM'.length)}-01` };
}

/** Returns the instant at which the next day or month begins in a zone. */
export function periodEnd(period: BudgetPeriod, atMs: number, zone: string): number {
  return DateTime.fromMillis(atMs, { zone })
    .startOf(period)
    .plus({ [period]: 1 })
    .startOf(period)
    .toMillis();
}

/** Returns how much of each limit is used. */
export function budgetUses(
  limits: readonly Omit<BudgetUse, 'used'>[],
  spent: Readonly<Record<BudgetPeriod, Spent>>,
): BudgetUse[] {
  return limits.map((limit) => ({ ...limit, used: usedOf(limit.unit, spent[limit.period]) }));
}

function usedOf(unit: BudgetUse['unit'], { runs, runMs, costUsd }: Spent): number {
  if (unit === 'runs') return runs;
  return unit === 'minutes' ? runMs / minuteMs : millionths(costUsd ?? 0) / million;
}

/**
 * Decides whether another run may start: returns the limit that is reached, or null if none is. Of several, the one that
 * lasts longest.
 */
export function reachedLimit(uses: readonly BudgetUse[]): BudgetUse | null {
  const reached = uses.filter(({ used, limit }) => millionths(used) >= millionths(limit));
  return reached.findLast(({ period }) => period === 'month') ?? reached.at(-1) ?? null;
}

const million = 1_000_000;
/** Sums of fractions of a dollar differ in their last digits: `0.1 + 0.7` is less than 0.8. */
const millionths = (amount: number): number => Math.round(amount * million);

/** How far a forecast looks ahead, in days. */
export const forecastDays = 30;

/** What a task is likely to use in the next `forecastDays` days. */
export interface Forecast {
  readonly runs: number;
  readonly minutes: number;
  /** US dollars; null if none of the runs reported a cost. */
  readonly cost: number | null;
}

/**
 * Returns what a task is likely to use at its slots to come, from the means of its latest runs. Of the cost, the mean of
 * those that reported one.
 * @param runs must not be empty
 */
export function forecastOf(runs: readonly Omit<Spent, 'runs'>[], slots: number): Forecast {
  const costs = runs.flatMap(({ costUsd }) => costUsd ?? []);
  const minutes = mean(runs.map(({ runMs }) => runMs / minuteMs)) * slots;
  return { runs: slots, minutes, cost: costs.length === 0 ? null : millionths(mean(costs) * slots) / million };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
