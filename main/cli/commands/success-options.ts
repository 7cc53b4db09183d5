import { criteriaSchema } from '../../contract/success.ts';
import type { Criterion, JsonCriterion } from '../../contract/success.ts';
import { parseDuration } from '../../domain/words/read-duration.ts';
import { clearable, flag, invalid, list } from '../option.ts';
import type { Option, ValuesOf } from '../option.ts';
import { jsonArray } from '../values/json-parameters.ts';

/** Options that say what counts as success. */
export const successOptions = {
  'expect-output': list('Fail a run whose output has no line with this text.', 'TEXT'),
  'fail-if-output': list('Fail a run whose output has a line with this text.', 'TEXT'),
  'expect-match': list('Fail a run whose output has no line that matches this regular expression (RE2).', 'REGEX'),
  'fail-if-match': list('Fail a run whose output has a line that matches; (?i) ignores case.', 'REGEX'),
  'expect-json': listOf(
    'Fail a run whose JSON output does not have this: PATH, !PATH, PATH=VALUE, PATH!=VALUE, PATH<N, PATH>N, or !PATH=VALUE (not this value, if there is one), where PATH is a JSONPath such as $.items[0].ok.',
    'CHECK',
    jsonCheck,
  ),
  'expect-file': listOf(
    'Fail a run after which there is no such file, for example ~/backup.tar,younger=1h,min=1000 (bytes).',
    'FILE',
    fileCheck,
  ),
  'fail-if-empty': flag('Fail a run that has no output.'),
  'fail-if-stderr': flag('Fail a run that writes to standard error.'),
  success: jsonArray('All success criteria as a JSON array, with "in" for the stream. See docs/success.md.'),
} as const;

/** The same options for `update`. */
export const clearableSuccessOptions = { ...successOptions, success: clearable(successOptions.success) } as const;

/** Returns the criteria that the options ask for; undefined if none was given, null to clear them. */
export function criteriaFrom(args: Partial<ValuesOf<typeof clearableSuccessOptions>>): Criterion[] | null | undefined {
  if (args.success === null) return null;
  const criteria: unknown[] = [
    ...(args.success ?? []),
    ...texts(args['expect-output']).map((text) => ({ check: 'contains', text })),
    ...texts(args['fail-if-output']).map((text) => ({ check: 'lacks', text })),
    ...texts(args['expect-match']).map((pattern) => ({ check: 'matches', pattern })),
    ...texts(args['fail-if-match']).map((pattern) => ({ check: 'lacks-match', pattern })),
    ...(args['expect-json'] ?? []),
    ...(args['expect-file'] ?? []),
    ...(args['fail-if-empty'] === true ? [{ check: 'not-empty' }] : []),
    ...(args['fail-if-stderr'] === true ? [{ check: 'empty', in: 'stderr' }] : []),
  ];
  if (criteria.length === 0) return undefined;
  const read = criteriaSchema.safeParse(criteria);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw invalid('--success', JSON.stringify(criteria), `valid success criteria; ${place}: ${issue?.message ?? ''}`);
}

const texts = (given: readonly string[] | undefined): readonly string[] => given ?? [];

function listOf<T>(describe: string, value: string, read: (text: string, name: string) => T): Option<T[] | undefined> {
  return {
    ...list(describe, value),
    read: (raw, name) => (raw.length === 0 ? undefined : raw.map((text) => read(text, name))),
  };
}

/** Splits `$.a[?@.b<5].c>=3` at the first operator outside of brackets, which JSONPath needs for its own filters. */
function jsonCheck(text: string, name: string): JsonCriterion {
  const check = 'json' as const;
  const at = operatorAt(text);
  if (at === -1) {
    return text.startsWith('!') ? { check, path: text.slice(1), is: 'missing' } : { check, path: text, is: 'exists' };
  }
  const [, path = '', operator = '', value = ''] = /^(.*?)(!=|==?|<|>)(.*)$/.exec(text.slice(at)) ?? [];
  const whole = text.slice(0, at) + path;
  if (whole.startsWith('!') && /^==?$/.test(operator))
    return { check, path: whole.slice(1), is: 'lacks', value: jsonOrText(value) };
  if (operator === '<' || operator === '>') {
    if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) throw invalid(name, text, `a number after ${operator}`);
    return { check, path: whole, is: operator === '<' ? 'below' : 'above', value: Number(value) };
  }
  return { check, path: whole, is: operator === '!=' ? 'differs' : 'equals', value: jsonOrText(value) };
}

/** Returns the position of the first operator that is not inside brackets or quotes, or -1. */
function operatorAt(text: string): number {
  let depth = 0;
  let quote = '';
  for (const [index, character] of [...text].entries()) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (depth > 0 && (character === '"' || character === "'")) quote = character;
    else if (character === '[' || character === '(') depth += 1;
    else if (character === ']' || character === ')') depth -= 1;
    else if (depth === 0 && /[=<>]/.test(character)) return text[index - 1] === '!' ? index - 1 : index;
  }
  return -1;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fileCheck(text: string, name: string): Criterion {
  const [path = '', ...limits] = text.split(/,(?=younger=|min=)/);
  const criterion: { check: 'file'; path: string; youngerThanMs?: number; minBytes?: number } = { check: 'file', path };
  for (const limit of limits) {
    const [key, value = ''] = limit.split('=', 2);
    const number = key === 'younger' ? parseDuration(value) : /^\d+$/.test(value) ? Number(value) : null;
    if (number === null) throw invalid(name, text, 'PATH,younger=DURATION,min=BYTES, for example ~/a.tar,younger=1h');
    criterion[key === 'younger' ? 'youngerThanMs' : 'minBytes'] = number;
  }
  return criterion;
}
