import { SchedulerError } from '../../domain/errors.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Reads a tool's parameters, naming the field, what was found and what would be right. */
export class ParameterReader {
  readonly #tool: string;
  readonly #parameters: Parameters;

  /** @throws SchedulerError `execution/bad-parameters` for a field that is not in `known`. */
  constructor(tool: string, parameters: Parameters, known: readonly string[]) {
    this.#tool = tool;
    this.#parameters = parameters;
    const unknown = Object.keys(parameters).find((name) => !known.includes(name));
    if (unknown !== undefined) throw this.#bad(unknown, `is not known; known are ${known.join(', ')}`);
  }

  has(name: string): boolean {
    return this.#parameters[name] !== undefined && this.#parameters[name] !== null;
  }

  raw(name: string): unknown {
    return this.#parameters[name];
  }

  text(name: string): string | undefined {
    return this.#read(name, 'a text', (value): value is string => typeof value === 'string');
  }

  texts(name: string): string[] | undefined {
    return this.#read(
      name,
      'a list of texts',
      (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    );
  }

  textRecord(name: string): Record<string, string> | undefined {
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

  /** One whole number or a list of them, as a list. */
  integers(name: string): number[] | undefined {
    const value = this.raw(name);
    const list = typeof value === 'number' ? [value] : value;
    if (list === undefined || list === null) return undefined;
    if (Array.isArray(list) && list.every((item) => Number.isInteger(item))) return list as number[];
    throw this.#bad(name, 'must be a whole number or a list of them');
  }

  bad(name: string, problem: string): SchedulerError {
    return this.#bad(name, problem);
  }

  #read<T>(name: string, kind: string, fits: (value: unknown) => value is T): T | undefined {
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
