import { SchedulerError } from '../errors.ts';
import { upstreamFields } from './upstream.ts';
import type { Upstream } from './upstream.ts';

/** A value that a follow-up takes from the run that it follows: `{"$from": "/result/id"}`, a JSON pointer (RFC 6901). */
export interface Reference {
  readonly $from: string;
}

/** A reference at its place in the parameters: `headers.X-Id`. */
export interface PlacedReference {
  readonly place: string;
  readonly pointer: string;
}

/** Returns whether a value is a reference: an object whose only field is `$from`, with a text that begins with `/`. */
export function isReference(value: unknown): value is Reference {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  return typeof value['$from'] === 'string' && value['$from'].startsWith('/');
}

/** Returns the references in the parameters of a task, in their order. */
export function referencesIn(value: unknown, place = ''): PlacedReference[] {
  if (isReference(value)) return [{ place, pointer: value.$from }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => referencesIn(item, place === '' ? key : `${place}.${key}`));
}

/** Returns whether a pointer leads to the change that the task's own probe saw, and not to the run before. */
export const isOfChange = (pointer: string): boolean => pointer === '/change' || pointer.startsWith('/change/');

/** Returns why a pointer can never find anything, with what would be right; null if it can. */
export function pointerProblem(pointer: string): string | null {
  const [, field = ''] = pointer.split('/');
  if (/~(?![01])/.test(pointer)) return `"${pointer}" is not a JSON pointer: write ~0 for ~ and ~1 for / in a name`;
  if (upstreamFields.some((known) => known === field)) return null;
  return `"${pointer}" must begin with one of ${upstreamFields.map((known) => `/${known}`).join(', ')}`;
}

/**
 * Returns the parameters with the values of the run before in the place of the references. The values are data: nothing
 * in them is read as a reference, as a secret or by a shell. An object whose only field is `$$from` loses one `$`.
 * @throws SchedulerError `execution/no-value-before` for a pointer that finds nothing, `execution/no-run-before` without a run before.
 */
export function withUpstreamValues(
  parameters: Readonly<Record<string, unknown>>,
  upstream: Upstream | null,
): Record<string, unknown> {
  return replaced(parameters, '', upstream) as Record<string, unknown>;
}

function replaced(value: unknown, place: string, upstream: Upstream | null): unknown {
  // The worker, which runs the probe, knows the change.
  if (isReference(value)) return isOfChange(value.$from) ? value : valueOf(value.$from, place, upstream);
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, at(place, String(index)), upstream));
  if (!isObject(value)) return value;
  const escaped = Object.keys(value).length === 1;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    escaped && /^\$+\$from$/.test(key) ? key.slice(1) : key,
    replaced(item, at(place, key), upstream),
  ]);
  return Object.fromEntries(entries);
}

function valueOf(pointer: string, place: string, upstream: Upstream | null): unknown {
  if (upstream === null) {
    const message = `The parameter ${place} takes its value (${pointer}) from the run that this task follows, and this run follows none. Run the task before it.`;
    throw new SchedulerError('execution/no-run-before', message, { place, pointer });
  }
  const found = pointer.split('/').slice(1).map(unescaped).reduce<unknown>(field, upstream);
  if (found !== undefined) return found;
  const message = `The parameter ${place} takes its value from ${pointer}, but the run of "${upstream.taskName}" before it has no such value. Check the result of run ${upstream.executionId}.`;
  throw new SchedulerError('execution/no-value-before', message, { place, pointer, executionId: upstream.executionId });
}

/** Returns a field of an object or an item of a list; undefined if there is none. */
function field(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d{0,9})$/.test(name) ? (value[Number(name)] as unknown) : undefined;
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');
const at = (place: string, key: string): string => (place === '' ? key : `${place}.${key}`);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
