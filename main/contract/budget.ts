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
    .map(({ period, unit, limit }) => `${amountText(unit, limit)}/${period}`)
    .join(', ');

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

const limitPattern =
  /^(?:(\$)\s*)?(\d+(?:\.\d+)?)\s*(\$|usd|dollars?|runs?|m|mins?|minutes?|h|hrs?|hours?)?\s*(?:\/|per|a|an|each|every)\s*(day|month)$/i;

function readLimit(part: string) {
  const [whole, sign, digits, word = '', period] = limitPattern.exec(part) ?? [];
  if (whole === undefined) return null;
  const named = word.toLowerCase();
  const unit = sign === undefined ? unitOf(named) : named === '' ? 'cost' : null;
  const amount = Number(digits) * (unit === 'minutes' && named.startsWith('h') ? 60 : 1);
  const isWhole = unit !== 'runs' || Number.isInteger(amount);
  if (unit === null || amount <= 0 || amount > mostAmount || !isWhole) return null;
  return { unit, amount, field: period?.toLowerCase() === 'day' ? ('perDay' as const) : ('perMonth' as const) };
}

function unitOf(word: string): BudgetUnit | null {
  if (word === '') return null;
  if (word.startsWith('run')) return 'runs';
  return /^[mh]/.test(word) ? 'minutes' : 'cost';
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
