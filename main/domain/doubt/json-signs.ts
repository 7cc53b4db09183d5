import type { Criterion } from '../../contract/success.ts';
import type { DoubtSign } from '../../contract/doubt.ts';

/** What in a JSON answer looks like a failure. */
export interface JsonSign {
  readonly sign: DoubtSign;
  /** The JSONPath of the field. */
  readonly path: string;
  readonly field: string;
  readonly value: unknown;
  /** Holds for JSON that does not have the sign. */
  readonly criterion: Criterion;
  /** The same for an answer that is only searched as text: a regular expression of RE2 for the line with the field. */
  readonly pattern: string;
}

/** Envelopes around the answer proper. */
const envelopes = ['result', 'response'];

/** Fields that describe an error or a request, and are no data. */
const describes =
  /^(?:errors?|error_?\w+|success|ok|code|status|status_?code|message|msg|detail|details|reason|type|title|hint|help|id|jsonrpc|request_?id|trace_?id|correlation_?id|timestamp|time|path|instance|documentation_url|retryable|retry_?after|stack|name|level|version|url|method|elapsed\w*|duration\w*|tool)$/i;

/** Words for "there was no error". */
const noError = /^(?:none|no|null|nil|n\/a|false|0|ok|-|no errors?)\.?$/i;

/** Returns the sign of failure in a JSON answer, or null. Only the fields of the answer itself count, none inside data. */
export function jsonSign(answer: unknown, path = '$'): JsonSign | null {
  if (!isObject(answer)) return null;
  const [only, ...others] = Object.keys(answer);
  if (others.length === 0 && only !== undefined && envelopes.includes(only) && isObject(answer[only]))
    return jsonSign(answer[only], `${path}.${only}`);
  return saysFailed(answer, path) ?? errorField(answer, path);
}

function saysFailed(answer: Readonly<Record<string, unknown>>, parent: string): JsonSign | null {
  const field = ['success', 'ok'].find((name) => answer[name] === false);
  if (field === undefined) return null;
  const path = `${parent}.${field}`;
  const criterion = { check: 'json', path, is: 'lacks', value: false } as const;
  return { sign: 'says-failed', path, field, value: false, criterion, pattern: `"${field}"\\s*:\\s*false` };
}

function errorField(answer: Readonly<Record<string, unknown>>, parent: string): JsonSign | null {
  if (Object.entries(answer).some(([name, value]) => !describes.test(name) && !isNothing(value))) return null;
  const field = ['error', 'errors'].find((name) => isError(answer[name]));
  if (field === undefined) return null;
  const path = `${parent}.${field}`;
  const criterion = { check: 'json', path, is: 'empty' } as const;
  const pattern = `"${field}"\\s*:\\s*(true|"[^"]|\\{|\\[)`;
  return { sign: 'error-field', path, field, value: answer[field], criterion, pattern };
}

/** Numbers are measurements or counts more often than errors. */
function isError(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '' && !noError.test(value.trim());
  return value === true || (typeof value === 'object' && !isNothing(value));
}

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || value === '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
