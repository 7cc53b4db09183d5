import { budgetForm, readBudget, type Budget } from '../../contract/budget.ts';
import { invalid, single } from '../option.ts';
import type { Option } from '../option.ts';

/** Defines an option whose value is a budget: `3 runs/day, 2 h/month, $5/month`. */
export function budget(describe: string): Option<Budget | undefined> {
  return single(describe, 'BUDGET', (raw, name) => {
    const reading = readBudget(raw);
    if ('budget' in reading) return reading.budget;
    throw invalid(name, reading.wrong, budgetForm);
  });
}
