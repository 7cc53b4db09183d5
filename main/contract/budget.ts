import { z } from 'zod';

/** Most that may be used within a period, counted from its first moment. A limit that is absent does not apply. */
const budgetAmountsSchema = z.looseObject({
  /** Runs, each attempt counted. */
  runs: z.number().int().positive().optional(),
  /** Minutes of run time. */
  minutes: z.number().positive().optional(),
  /** US dollars, as far as agents report them. */
  cost: z.number().positive().optional(),
});
type BudgetAmounts = z.infer<typeof budgetAmountsSchema>;

/** How much the runs of a task, or of an agent's tasks, may use. Once a limit is reached, no slot, retry or follow-up starts. */
export const budgetSchema = z.looseObject({
  /** Each calendar day. */
  perDay: budgetAmountsSchema.optional(),
  /** Each calendar month. */
  perMonth: budgetAmountsSchema.optional(),
});
export type Budget = z.infer<typeof budgetSchema>;

const budgetUnitSchema = z.enum(['runs', 'minutes', 'cost']);
export type BudgetUnit = z.infer<typeof budgetUnitSchema>;
const budgetPeriodSchema = z.enum(['day', 'month']);
export type BudgetPeriod = z.infer<typeof budgetPeriodSchema>;

/** How much of one limit is used. */
const budgetUseSchema = z.object({
  period: budgetPeriodSchema,
  unit: budgetUnitSchema,
  used: z.number().nonnegative(),
  limit: z.number().positive(),
});
export type BudgetUse = z.infer<typeof budgetUseSchema>;

const periods = [
  ['day', 'perDay'],
  ['month', 'perMonth'],
] as const;
const units = budgetUnitSchema.options;
/** The longest that a budget can allow: more minutes than a month has, for as many tasks as one likes. */
const mostAmount = 1_000_000_000;

/** Returns the limits of a budget, those of a day first. */
export function budgetLimits(budget: Budget): Omit<BudgetUse, 'used'>[] {
  return periods.flatMap(([period, field]) =>
    units.flatMap((unit) => {
      const limit = budget[field]?.[unit];
      return limit === undefined ? [] : [{ period, unit, limit }];
    }),
  );
}

/** Returns a budget as people write it: `3 runs/day, 2 h/month, $5.00/month`. `readBudget` reads it back. */
export const budgetText = (budget: Budget): string =>
  budgetLimits(budget)
    .map(({ period, unit, limit }) => `${limitText(unit, limit)}/${period}`)
    .join(', ');

/** As `amountText`, and exact. */
function limitText(unit: BudgetUnit, limit: number): string {
  const seconds = Math.round(limit * 60);
  const isExact = unit !== 'minutes' || rounded(limit) === limit;
  return isExact ? amountText(unit, limit) : `${seconds} s`;
}

/** Returns an amount with its unit: `3 runs`, `90 min`, `$4.10`. */
export function amountText(unit: BudgetUnit, amount: number): string {
  if (unit === 'cost') return `$${dollars(amount)}`;
  if (unit === 'runs') return `${amount} ${amount === 1 ? 'run' : 'runs'}`;
  return amount >= 60 && amount % 60 === 0 ? `${amount / 60} h` : `${rounded(amount)} min`;
}

/** Returns what is used of a limit: `3 of 3 runs today`, `$4.10 of $4.00 this month`. */
export function budgetUseText({ period, unit, used, limit }: BudgetUse): string {
  const when = period === 'day' ? 'today' : 'this month';
  return unit === 'runs'
    ? `${used} of ${amountText(unit, limit)} ${when}`
    : `${amountText(unit, used)} of ${amountText(unit, limit)} ${when}`;
}

/** A budget, or the part of the text that could not be read. */
export type BudgetReading = { readonly budget: Budget } | { readonly wrong: string };

/** Reads `3 runs/day, 2 h/month, $5/month`: limits on runs, on run time and on cost in US dollars, each per day or month. */
export function readBudget(text: string): BudgetReading {
  const budget: { perDay?: BudgetAmounts; perMonth?: BudgetAmounts } = {};
  const parts = text.split(/[,;]|\band\b/).map((part) => part.trim());
  for (const part of parts) {
    const limit = readLimit(part);
    if (limit === null) return { wrong: part };
    const amounts = (budget[limit.field] ??= {});
    if (amounts[limit.unit] !== undefined) return { wrong: part };
    amounts[limit.unit] = limit.amount;
  }
  return { budget };
}

/** What a budget may hold, for people whose text could not be read. */
export const budgetForm =
  'limits such as "3 runs/day, 1h30m/day, $5/month": runs, a run time in s, min or h, or $, each per day or month and each of them once';

const limitPattern = /^(\S.*?)\s*(?:\/|\b(?:per|a|an|each|every))\s*(day|month)$/i;

function readLimit(part: string) {
  const [whole, given = '', period = ''] = limitPattern.exec(part) ?? [];
  const read = whole === undefined ? null : (readCount(given) ?? readTime(given));
  if (read === null || read.amount <= 0 || read.amount > mostAmount) return null;
  return { ...read, field: period.toLowerCase() === 'day' ? ('perDay' as const) : ('perMonth' as const) };
}

/** Reads `3 runs`, `$5`, `5 USD`. */
function readCount(text: string): { readonly unit: BudgetUnit; readonly amount: number } | null {
  const [, sign, digits, word = ''] = /^(\$\s*)?(\d+(?:\.\d+)?)\s*(\$|usd|dollars?|runs?)?$/i.exec(text) ?? [];
  const amount = Number(digits);
  const isRuns = word.toLowerCase().startsWith('run');
  if (digits === undefined || (sign === undefined) === (word === '')) return null;
  if (!isRuns) return { unit: 'cost', amount };
  return Number.isInteger(amount) ? { unit: 'runs', amount } : null;
}

const timePattern = /(\d+(?:\.\d+)?)\s*(h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])\s*/gi;
const minutesOf: Readonly<Record<string, number>> = { h: 60, m: 1, s: 1 / 60 };

/** Reads `90 min`, `2 h`, `30s`, `1h30m`. */
function readTime(text: string): { readonly unit: BudgetUnit; readonly amount: number } | null {
  const parts = [...text.matchAll(timePattern)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return null;
  const minutes = parts.map(([, digits, unit = '']) => Number(digits) * (minutesOf[unit.charAt(0).toLowerCase()] ?? 0));
  return { unit: 'minutes', amount: minutes.reduce((sum, each) => sum + each, 0) };
}

/** With more digits where two would show another amount. */
const dollars = (amount: number): string =>
  amount === 0 || amount >= 0.01 ? amount.toFixed(2) : amount.toPrecision(2);

const rounded = (minutes: number): number => Math.round(minutes * 10) / 10;

/** What a task has used of every budget that applies to it, and about what it will use. */
export const taskUsageSchema = z.object({
  budgets: z.array(
    z.object({
      /** The agent whose budget it is, `*` for that of all agents together; null for the task's own. */
      agent: z.string().nullable(),
      uses: z.array(budgetUseSchema),
    }),
  ),
  /** From the means of the latest runs, for the slots of the next 30 days; null for a task that has not run. */
  forecast: z
    .object({
      runs: z.number().int().nonnegative(),
      minutes: z.number().nonnegative(),
      /** US dollars; null if no run reported a cost. */
      cost: z.number().nonnegative().nullable(),
    })
    .nullable(),
});
export type TaskUsage = z.infer<typeof taskUsageSchema>;

/** Returns a forecast as people read it: `about $4.10 and 3.5 h of run time in the next 30 days`. */
export function forecastText({ runs, minutes, cost }: NonNullable<TaskUsage['forecast']>): string {
  const time = `${amountText('runs', runs)} with ${lengthText(minutes)} of run time`;
  return `about ${cost === null ? '' : `${amountText('cost', cost)} for `}${time} in the next 30 days`;
}

function lengthText(minutes: number): string {
  if (minutes >= 90) return `${rounded(minutes / 60)} h`;
  return minutes >= 1 ? `${rounded(minutes)} min` : `${Math.round(minutes * 60)} s`;
}

/** Returns what is used of a budget: `2 of 3 runs today, $1.20 of $5.00 this month`. */
export const usesText = (uses: readonly BudgetUse[]): string => uses.map(budgetUseText).join(', ');
