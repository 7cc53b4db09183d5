import { expect, it } from 'vitest';
import { aTask } from '../../../testing/schedule-samples.ts';
import type { BudgetRefusal } from '../../budgets/budgets.ts';
import { BudgetGate } from './budget-gate.ts';

const refusal = { detail: 'used up' } as unknown as BudgetRefusal;
const task = aTask();
/** Returns what a gate lets pass and tells, with budgets that answer so. */
function ask(answers: (BudgetRefusal | null)[], isAutomatic: boolean) {
  const [told, asked]: [unknown[], unknown[]] = [[], []];
  const budgets = { refusal: (of: unknown) => (asked.push(of), answers[asked.length - 1] ?? null) };
  const gate = new BudgetGate(budgets, { task, ...(isAutomatic ? { onRefused: (each) => void told.push(each) } : {}) });
  const passed = answers.map(() => gate.passes());
  gate.tell();
  return { passed, told, asked };
}

it('a run passes while its budget lasts, and nobody is informed', () => {
  expect(ask([null], true)).toEqual({ passed: [true], told: [], asked: [task] });
});

it('a run that its budget stops is reported once, after the look that counted', () => {
  expect(ask([refusal], true)).toMatchObject({ passed: [false], told: [refusal] });
  expect(ask([refusal, null], true)).toMatchObject({ passed: [false, true], told: [] });
});

it('a run that a person started passes, and no budget is asked', () => {
  expect(ask([refusal], false)).toEqual({ passed: [true], told: [], asked: [] });
});
