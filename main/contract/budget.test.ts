import { expect, test } from 'vitest';
import {
  amountText,
  budgetSchema,
  budgetText,
  budgetUseText,
  forecastText,
  readBudget,
  type Budget,
} from './budget.ts';

test.each<[string, Budget]>([
  ['3 runs/day', { perDay: { runs: 3 } }],
  ['1 run a day', { perDay: { runs: 1 } }],
  ['3 runs/day, 2 h/month, $5/month', { perDay: { runs: 3 }, perMonth: { minutes: 120, cost: 5 } }],
  ['90 min per day and 1.5 h per month', { perDay: { minutes: 90 }, perMonth: { minutes: 90 } }],
  ['0.50 USD/day; 20 dollars each month', { perDay: { cost: 0.5 }, perMonth: { cost: 20 } }],
  ['5$/month,30m/day', { perMonth: { cost: 5 }, perDay: { minutes: 30 } }],
  ['30s/day', { perDay: { minutes: 0.5 } }],
  ['20 seconds a day, 100 sec/month', { perDay: { minutes: 20 / 60 }, perMonth: { minutes: 100 / 60 } }],
  ['1h30m/day, 2 h 15 min per month', { perDay: { minutes: 90 }, perMonth: { minutes: 135 } }],
])('%j is read, and its own words are read back', (text, budget) => {
  expect(readBudget(text)).toEqual({ budget });
  expect(budgetSchema.parse(budget)).toEqual(budget);
  expect(readBudget(budgetText(budget))).toEqual({ budget });
});

test.each([
  ['', ''],
  ['3 runs', '3 runs'],
  ['3/day', '3/day'],
  ['1.5 runs/day', '1.5 runs/day'],
  ['0 runs/day', '0 runs/day'],
  ['$5 runs/day', '$5 runs/day'],
  ['3 runs/day, 5 runs/day', '5 runs/day'],
  ['3 runs/day, 5 €/month', '5 €/month'],
  ['3 runs/week', '3 runs/week'],
  ['9e99 runs/day', '9e99 runs/day'],
  ['1h30/day', '1h30/day'],
  ['2 fortnights/month', '2 fortnights/month'],
])('%j is refused for the part %j', (text, wrong) => {
  expect(readBudget(text)).toEqual({ wrong });
});

test('what is used is shown in the unit of its limit', () => {
  expect(budgetUseText({ period: 'day', unit: 'runs', used: 3, limit: 3 })).toBe('3 of 3 runs today');
  expect(budgetUseText({ period: 'month', unit: 'cost', used: 4.1, limit: 4 })).toBe('$4.10 of $4.00 this month');
  expect(budgetUseText({ period: 'day', unit: 'minutes', used: 61.26, limit: 60 })).toBe('61.3 min of 1 h today');
  expect(amountText('cost', 0.0042)).toBe('$0.0042');
  expect(amountText('cost', 0)).toBe('$0.00');
});

test('a forecast says cost, runs and run time', () => {
  expect(forecastText({ runs: 22, minutes: 210, cost: 4.1 })).toBe(
    'about $4.10 for 22 runs with 3.5 h of run time in the next 30 days',
  );
  expect(forecastText({ runs: 1, minutes: 0.5, cost: null })).toBe(
    'about 1 run with 30 s of run time in the next 30 days',
  );
});
