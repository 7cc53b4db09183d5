import { SchedulerError } from '../../domain/errors.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** A built-in tool, whose schema names the parameters. */
interface Described<Name extends string> {
  readonly tool: string;
  readonly inputSchema: { readonly properties: Readonly<Record<Name, unknown>> };
}

/** Reads a tool's parameters. Errors name the field, what was found and what would be right. */
export class ParameterReader<Name extends string> {
  readonly #tool: string;
  readonly #parameters: Parameters;

  /** @throws SchedulerError `execution/bad-parameters` for a field that the tool's schema does not have. */
  constructor({ tool, inputSchema }: Described<Name>, parameters: Parameters) {
    const known = Object.keys(inputSchema.properties);
    this.#tool = tool;
    this.#parameters = parameters;
    const unknown = Object.keys(parameters).find((name) => !known.includes(name));
    if (unknown !== undefined) throw this.#bad(unknown, `is unknown; the parameters are ${known.join(', ')}`);
  }

  has(name: Name): boolean {
    return this.#parameters[name] !== undefined && this.#parameters[name] !== null;
  }

  raw(name: Name): unknown {
    return this.#parameters[name];
  }

  text(name: Name): string | undefined {
    return this.#read(name, 'a text', (value): value is string => typeof value === 'string');
  }

  texts(name: Name): string[] | undefined {
    return this.#read(
      name,
      'a list of texts',
      (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    );
  }

  /** Returns one of the choices that the tool's schema lists. */
  choice<T extends string>(name: Name, choices: readonly T[]): T | undefined {
    const kind = `one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
    return this.#read(name, kind, (value): value is T => choices.some((choice) => choice === value));
  }

  flag(name: Name): boolean | undefined {
    return this.#read(name, 'true or false', (value): value is boolean => typeof value === 'boolean');
  }

  textRecord(name: Name): Record<string, string> | undefined {
    return this.#read(
      name,
      'an object of texts',
      (value): value is Record<string, string> =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((item) => typeof item === 'string'),
    );
  }

  /** Returns one whole number or a list of them, as a list. */
  integers(name: Name): number[] | undefined {
    const value = this.raw(name);
    const list = typeof value === 'number' ? [value] : value;
    if (list === undefined || list === null) return undefined;
    if (Array.isArray(list) && list.every((item) => Number.isInteger(item))) return list as number[];
    throw this.#bad(name, 'must be a whole number or a list of whole numbers');
  }

  bad(name: Name, problem: string): SchedulerError {
    return this.#bad(name, problem);
  }

  #read<T>(name: Name, kind: string, fits: (value: unknown) => value is T): T | undefined {
    const value = this.raw(name);
    if (value === undefined || value === null) return undefined;
    if (fits(value)) return value;
    throw this.#bad(name, `must be ${kind}, not ${JSON.stringify(value)?.slice(0, 80) ?? typeof value}`);
  }

  #bad(name: string, problem: string): SchedulerError {
    return new SchedulerError('execution/bad-parameters', `${this.#tool}: parameter "${name}" ${problem}.`, {
      parameter: name,
    });
  }
}
