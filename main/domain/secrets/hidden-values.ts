import { hasPlaceholder, hiddenValue, hideInText, restoreText, secretsIn } from './hidden-text.ts';
import { isPlainValue, looksSecret, soundsSecret } from './rules.ts';

type Place = readonly string[];

/**
 * Returns a copy for a reader who must not see secrets, such as an agent: values whose name sounds like a secret, at
 * any depth, and passwords and tokens within texts become `[hidden:1]`, `[hidden:2]`, … `keepHidden` reverses it.
 */
export function hideSecrets<T>(value: T): T {
  return hidden(value, '') as T;
}

function hidden(value: unknown, name: string): unknown {
  if (typeof value === 'string') return hiddenText(name, value);
  if (typeof value === 'number') return isWholeSecret(name, String(value)) ? hiddenValue : value;
  if (Array.isArray(value)) return value.map((item, index) => hidden(item, nameInList(value, index, name)));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, hidden(item, nameOf(record, key))]));
}

const hiddenText = (name: string, text: string): string => (isWholeSecret(name, text) ? hiddenValue : hideInText(text));

/** A value with other text around a token, such as a command, is hidden only in part. */
const isWholeSecret = (name: string, text: string): boolean => soundsSecret(name) && looksSecret(name, text);

/** Returns the name of a value: its key, or the name beside it in `{ name: 'Authorization', value: '…' }`. */
function nameOf(record: Readonly<Record<string, unknown>>, key: string): string {
  const label = record['name'] ?? record['key'] ?? record['header'];
  return key === 'value' && typeof label === 'string' ? label : key;
}

/** Returns the name of an item: the option before it, as in `['--token', 'abc']`, or the name of the list. */
function nameInList(list: readonly unknown[], index: number, name: string): string {
  const before = list[index - 1];
  const option = typeof before === 'string' ? /^--?([\w-]+)$/.exec(before)?.[1] : undefined;
  return option ?? name;
}

/** The shortest part of a secret that a log may not contain, in characters. Shorter parts are ordinary words. */
const shortestPart = 8;

/** Returns the parts in which programs print a secret: `abc…` of `Bearer abc…`, `abc…` of `sid=abc…; Path=/`. */
export function partsOfSecrets(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [
    secret,
    ...secret.split(/[\s=;,]+/).filter((part) => part.length >= shortestPart),
  ]);
}

/** Returns the secrets within a value, as they are. */
export function secretsWithin(value: unknown, name = ''): string[] {
  if (typeof value === 'string' || typeof value === 'number') return secretsOf(name, String(value));
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsWithin(item, nameInList(value, index, name)));
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Readonly<Record<string, unknown>>;
  return Object.entries(record).flatMap(([key, item]) => secretsWithin(item, nameOf(record, key)));
}

function secretsOf(name: string, text: string): string[] {
  return (isWholeSecret(name, text) ? [text] : secretsIn(text)).filter((secret) => !isPlainValue(secret));
}

export interface KeptValues<T> {
  readonly value: T;
  /** Where a placeholder stands for nothing that is stored at the same place: `parameters.headers.Cookie`. */
  readonly unknown: readonly string[];
}

/**
 * Returns a changed value with the stored secrets in the place of their placeholders, so that a reader of
 * `hideSecrets` can send back what it read. Each placeholder must be where it was read.
 */
export function keepHidden<T>(changed: T, stored: unknown): KeptValues<T> {
  const unknown: string[] = [];
  const value = kept(changed, stored, { name: '', place: [], unknown }) as T;
  return { value, unknown };
}

interface Context {
  readonly name: string;
  readonly place: Place;
  readonly unknown: string[];
}

function kept(changed: unknown, stored: unknown, { name, place, unknown }: Context): unknown {
  if (typeof changed === 'string') {
    if (!hasPlaceholder(changed)) return changed;
    if (typeof stored === 'number' && changed === hiddenValue && isWholeSecret(name, String(stored))) return stored;
    const restored = typeof stored === 'string' ? restoreText(changed, secretsOf(name, stored)) : null;
    if (restored === null) unknown.push(place.join('.'));
    return restored ?? changed;
  }
  if (Array.isArray(changed)) {
    const list: readonly unknown[] = Array.isArray(stored) ? stored : [];
    return changed.map((item, index) =>
      kept(item, list[index], { name: nameInList(list, index, name), place: [...place, String(index)], unknown }),
    );
  }
  if (typeof changed !== 'object' || changed === null) return changed;
  const record = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
  const entries = Object.entries(changed).map(([key, item]) => {
    const before = Object.hasOwn(record, key) ? record[key] : undefined;
    return [key, kept(item, before, { name: nameOf(record, key), place: [...place, key], unknown })];
  });
  return Object.fromEntries(entries) as unknown;
}
