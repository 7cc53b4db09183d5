import { FunctionExpressionType, JSONPathEnvironment } from 'json-p3';
import type { FilterFunction, JSONValue } from 'json-p3';
import { RE2JS } from 're2js';
import type { JsonCriterion } from '../../contract/success.ts';
import { canonicalJson } from '../canonical-json.ts';

/** Returns why a JSONPath cannot be used, or null. */
export function pathProblem(path: string): string | null {
  try {
    environment().compile(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Returns the values that a JSONPath finds, in their order. */
export function jsonValuesAt(path: string, json: JSONValue): unknown[] {
  return environment().query(path, json).values();
}

/** Returns why a value does not meet the criterion; null if it does. */
export function jsonUnmet({ path, is, value }: JsonCriterion, json: JSONValue): string | null {
  const found = jsonValuesAt(path, json);
  if (is === 'missing' || is === 'lacks' || is === 'empty') {
    const unwanted = found.find(
      (item) => is === 'missing' || (is === 'lacks' ? sameJson(item, value) : !isEmpty(item)),
    );
    return unwanted === undefined ? null : `it is ${shown(unwanted)}`;
  }
  if (found.length === 0) return 'there is none';
  const wrong = found.find((item) => !holds(is, item, value));
  return wrong === undefined ? null : `it is ${shown(wrong)}`;
}

function holds(
  is: Exclude<JsonCriterion['is'], 'missing' | 'lacks' | 'empty'>,
  found: unknown,
  wanted: unknown,
): boolean {
  switch (is) {
    case 'exists':
      return true;
    case 'equals':
      return sameJson(found, wanted);
    case 'differs':
      return !sameJson(found, wanted);
    case 'below':
      return typeof found === 'number' && found < Number(wanted);
    case 'above':
      return typeof found === 'number' && found > Number(wanted);
  }
}

/** True for null, false, 0 and an empty text, list or object. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return value === undefined || value === null || value === false || value === 0 || value === '';
  return Object.keys(value).length === 0;
}

/** Compares by value; the order of an object's fields does not matter. */
const sameJson = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** Returns RFC 9535 with regular expressions of RE2, because those of JavaScript can take forever. */
function environment(): JSONPathEnvironment {
  const rfc9535 = new JSONPathEnvironment({ maxRecursionDepth: 100_000 });
  rfc9535.functionRegister.set(
    'match',
    expressionTest((expression, text) => expression.matches(text)),
  );
  rfc9535.functionRegister.set(
    'search',
    expressionTest((expression, text) => expression.test(text)),
  );
  return rfc9535;
}

function expressionTest(test: (expression: RE2JS, text: string) => boolean): FilterFunction {
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call: (text: unknown, pattern: unknown): boolean => {
      if (typeof text !== 'string' || typeof pattern !== 'string') return false;
      try {
        return test(RE2JS.compile(pattern), text);
      } catch {
        // RFC 9535, 2.4.6: an invalid expression selects nothing.
        return false;
      }
    },
  };
}
