import { fieldError } from './cron-fields.ts';
import type { FieldRule } from './cron-fields.ts';

const ITEM = /^(\*|\?|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/;

/** Returns the value of one number or name. With `asEnd`, `sun` is 7, so that it can end a range such as `fri-sun`. */
export function fieldValue(rule: FieldRule, text: string, asEnd = false): number {
  const named = Math.max(rule.names.indexOf(text), rule.fullNames.indexOf(text));
  if (named >= 0) return asEnd && rule.max === 7 && named === 0 ? 7 : named + rule.nameBase;
  if (!/^\d{1,4}$/.test(text)) throw fieldError(rule, text, 'is not a number or a name of this field');
  const value = Number(text);
  if (value < rule.min || value > rule.max) throw fieldError(rule, text, 'is out of range');
  return value;
}

function checkStep(rule: FieldRule, item: string, stepText: string): number {
  const step = Number(stepText);
  if (step < 1) throw fieldError(rule, item, 'has a step of 0; the smallest step is 1');
  const widest = rule.max - rule.min;
  if (step > widest) throw fieldError(rule, item, `has a step of ${stepText}, wider than the whole field`);
  return step;
}

function rangeOf(rule: FieldRule, item: string, from: string, to: string | undefined, stepped: boolean) {
  if (from === '*' || from === '?') {
    if (to !== undefined) throw fieldError(rule, item, 'combines a wildcard with a range');
    return { first: rule.min, last: rule.max === 7 ? 6 : rule.max };
  }
  const first = fieldValue(rule, from);
  if (to === undefined) return { first, last: stepped ? (rule.max === 7 ? 6 : rule.max) : first };
  const last = fieldValue(rule, to, first !== 0);
  if (first > last) {
    throw fieldError(
      rule,
      item,
      `is a reversed range: write ${to}-${from}, or two parts (${from}-${String(rule.max)},${String(rule.min)}-${to})`,
    );
  }
  return { first, last };
}

/**
 * Returns the values of one list item: `*`, `5`, `1-5`, `10-50/10`, `1-9/2`, `5/10` (from 5 to the end of the field).
 */
export function parseItem(rule: FieldRule, item: string): number[] {
  if (/^h(?:$|[/(])|~/.test(item)) {
    throw fieldError(rule, item, 'draws a value for each job, as Jenkins and cronie do. Choose one, and set a jitter');
  }
  const match = ITEM.exec(item);
  if (match === null) throw fieldError(rule, item, item === '' ? 'is empty' : 'is not a value, a range or a step');
  const [, from = '', to, stepText] = match;
  if (from === '?' && rule.name !== 'day-of-month' && rule.name !== 'day-of-week') {
    throw fieldError(rule, item, 'uses "?", which only the two day fields accept');
  }
  const step = stepText === undefined ? 1 : checkStep(rule, item, stepText);
  const { first, last } = rangeOf(rule, item, from, to, stepText !== undefined);
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(rule.max === 7 ? value % 7 : value);
  return values;
}

export const sortedSet = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Returns the values of a field as a sorted set. `text` is lower case. */
export function parseField(rule: FieldRule, text: string): number[] {
  return sortedSet(text.split(',').flatMap((item) => parseItem(rule, item)));
}
