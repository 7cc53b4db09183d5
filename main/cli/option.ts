import { SchedulerError } from '../domain/errors.ts';

/** What parsing an option may need besides the typed value. */
export interface ReadContext {
  readonly nowMs: number;
  /** IANA time zone of this machine. */
  readonly timezone: string;
  /** Reads standard input to its end; empty if it is closed. */
  stdin(): Promise<string>;
  /** Reads a file. @throws an error that says why it cannot be read. */
  readFile(path: string): Promise<string>;
}

/** An option or positional argument: its syntax, description and parser. */
export interface Option<T> {
  readonly describe: string;
  /** Placeholder of its value in help (`NAME`), or null for a flag. */
  readonly value: string | null;
  readonly required: boolean;
  /** May be given more than once. A repeatable positional takes all remaining words. */
  readonly repeatable: boolean;
  readonly choices: readonly string[] | null;
  /** The default, for help; null if there is none. */
  readonly fallback: string | null;
  /**
   * `raw` holds the values as typed: none if the option was not given, an empty one for each use of a flag.
   * @throws SchedulerError `usage/…`.
   */
  read(raw: readonly string[], name: string, context: ReadContext): T | Promise<T>;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type ValuesOf<O extends Options> = { readonly [K in keyof O]: Awaited<ReturnType<O[K]['read']>> };

type ReadOne<T> = (text: string, name: string, context: ReadContext) => T | Promise<T>;

/** Defines an option that takes one value and may be omitted. */
export function single<T>(describe: string, value: string, readOne: ReadOne<T>): Option<T | undefined> {
  return {
    describe,
    value,
    required: false,
    repeatable: false,
    choices: null,
    fallback: null,
    read: (raw, name, context) => {
      const text = raw.at(-1);
      return text === undefined ? undefined : readOne(text, name, context);
    },
  };
}

export function text(describe: string, value = 'TEXT'): Option<string | undefined> {
  return single(describe, value, (raw) => raw);
}

export function flag(describe: string): Option<boolean> {
  return {
    describe,
    value: null,
    required: false,
    repeatable: false,
    choices: null,
    fallback: null,
    read: (raw) => raw.length > 0,
  };
}

export function list(describe: string, value = 'TEXT'): Option<string[] | undefined> {
  return { ...text(describe, value), repeatable: true, read: (raw) => (raw.length === 0 ? undefined : [...raw]) };
}

export function oneOf<const C extends string>(
  describe: string,
  choices: readonly C[],
  value = 'WORD',
): Option<C | undefined> {
  const read: ReadOne<C> = (raw, name) => {
    const found = choices.find((choice) => choice === raw);
    if (found === undefined) throw invalid(name, raw, `one of ${choices.join(', ')}`, { allowed: choices });
    return found;
  };
  return { ...single(describe, value, read), choices };
}

/** Defines a repeatable option with fixed choices. */
export function manyOf<const C extends string>(describe: string, choices: readonly C[]): Option<C[] | undefined> {
  const one = oneOf(describe, choices);
  const read: Option<C[] | undefined>['read'] = (raw, name) => {
    const unknown = raw.find((text) => !choices.includes(text as C));
    if (unknown !== undefined) throw invalid(name, unknown, `one of ${choices.join(', ')}`, { allowed: choices });
    return raw.length === 0 ? undefined : (raw as C[]);
  };
  return { ...one, repeatable: true, read };
}

/** Defines an option whose value is whole numbers, separated by commas. */
export function integers(describe: string): Option<number[] | undefined> {
  return single(describe, 'N,…', (raw, name) => {
    if (!/^-?\d+(,-?\d+)*$/.test(raw)) throw invalid(name, raw, 'whole numbers separated by commas, for example 1,75');
    return raw.split(',').map(Number);
  });
}

export function integer(describe: string, limits: { min: number; max?: number }): Option<number | undefined> {
  const max = limits.max ?? Number.MAX_SAFE_INTEGER;
  const range = limits.max === undefined ? `${limits.min} or more` : `${limits.min} to ${max}`;
  return single(describe, 'N', (raw, name) => {
    const number = /^[+-]?\d+$/.test(raw) ? Number(raw) : NaN;
    if (!(number >= limits.min && number <= max)) throw invalid(name, raw, `a whole number, ${range}`);
    return number;
  });
}

export function decimal(describe: string, limits: { min: number; max: number }): Option<number | undefined> {
  return single(describe, 'X', (raw, name) => {
    const number = /^\d+(\.\d+)?$/.test(raw) ? Number(raw) : NaN;
    if (!(number >= limits.min && number <= limits.max)) {
      throw invalid(name, raw, `a number, ${limits.min} to ${limits.max}`);
    }
    return number;
  });
}

export function required<T>(option: Option<T>): Option<NonNullable<T>> {
  return { ...option, required: true } as Option<NonNullable<T>>;
}

export function withDefault<T>(option: Option<T | undefined>, fallback: T & (string | number)): Option<T> {
  return {
    ...option,
    fallback: String(fallback),
    read: async (raw, name, context) => (await option.read(raw, name, context)) ?? fallback,
  };
}

/** Adds `none` (or an empty value) to what an option accepts. It reads as null and clears the field. */
export function clearable<T>(option: Option<T>): Option<T | null> {
  return {
    ...option,
    describe: `${option.describe} \`none\` clears it.`,
    read: (raw, name, context) => {
      const only = raw.length === 1 ? raw[0] : undefined;
      // The value of a variable that is not set must not lift a limit.
      if (only === '') throw invalid(name, only, 'a value, or none to clear it');
      return only === 'none' ? null : option.read(raw, name, context);
    },
  };
}

/** Returns the error for an invalid value. It names the option, the value and what was expected. */
export function invalid(
  name: string,
  given: string,
  expected: string,
  details: Readonly<Record<string, unknown>> = {},
): SchedulerError {
  const shown = given.length > 80 ? `${given.slice(0, 80)}…` : given;
  return new SchedulerError('usage/invalid-option', `${name}: "${shown}" is not valid. Expected ${expected}.`, {
    option: name,
    given,
    ...details,
  });
}
