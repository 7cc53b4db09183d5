import { readBudget, type Budget } from '../../../main/contract/budget.ts';
import type { LongAfter } from '../../../main/contract/attention.ts';
import type { Criterion } from '../../../main/contract/success.ts';
import { nameOfWork } from '../../../main/contract/work-name.ts';
import { parseDuration } from '../../text/format.ts';
import { text } from '../../text/en.ts';
import { parseLongAfter } from '../../text/long-after.ts';
import { readCriterion } from './success/criterion-form.ts';
import type { ParametersForm, TaskForm, TextField } from './task-form.ts';

/** Error messages by field. `form` is for errors that belong to no single field. */
export type FormErrors = Partial<Record<keyof TaskForm | 'form', string>>;

/** Reads typed fields and collects the error of each. */
export class FormReader {
  readonly errors: FormErrors = {};
  readonly #form: TaskForm;

  constructor(form: TaskForm) {
    this.#form = form;
  }

  required(field: TextField, message: string): string {
    const value = this.#form[field].trim();
    if (value === '') this.errors[field] = message;
    return value;
  }

  /** Reads the name; without one, the task is named after what it runs. An error there is enough. */
  name(tool: string, parameters: Readonly<Record<string, unknown>>): string {
    const name = this.#form.name.trim() || nameOfWork(tool, parameters);
    if (name === '' && this.errors.tool === undefined && this.errors.parameters === undefined)
      this.errors.name = text.editor.errors.name;
    return name;
  }

  text(field: TextField): string | undefined {
    const value = this.#form[field].trim();
    return value === '' ? undefined : value;
  }

  duration(field: TextField): number | undefined {
    const value = this.text(field);
    if (value === undefined) return undefined;
    const ms = parseDuration(value);
    if (ms === null) this.errors[field] = text.editor.errors.duration;
    return ms ?? undefined;
  }

  longAfter(): LongAfter | undefined {
    const value = this.text('longAfter');
    if (value === undefined) return undefined;
    const limit = parseLongAfter(value);
    if (limit === null) this.errors.longAfter = text.attention.longInvalid;
    return limit ?? undefined;
  }

  budget(): Budget | undefined {
    const value = this.text('budget');
    if (value === undefined) return undefined;
    const reading = readBudget(value);
    if ('budget' in reading) return reading.budget;
    this.errors.budget = text.budgets.invalid(reading.wrong);
    return undefined;
  }

  /** Reads a whole number of at least `least`. */
  count(field: TextField, least: number): number | undefined {
    const value = this.text(field);
    if (value === undefined) return undefined;
    const count = Number(value);
    if (Number.isInteger(count) && count >= least) return count;
    this.errors[field] = text.editor.errors.count(least);
    return undefined;
  }

  factor(field: TextField): number | undefined {
    const value = this.text(field);
    if (value === undefined) return undefined;
    const factor = Number(value);
    if (factor >= 1 && factor <= 100) return factor;
    this.errors[field] = text.editor.errors.factor;
    return undefined;
  }

  instant(field: TextField): string | undefined {
    const value = this.text(field);
    if (value === undefined) return undefined;
    const instant = Date.parse(value);
    if (!Number.isNaN(instant)) return new Date(instant).toISOString();
    this.errors[field] = text.editor.errors.instant;
    return undefined;
  }

  environment(): Record<string, string> | undefined {
    const { env, problem } = readEnvironment(this.#form.env);
    if (problem !== null) this.errors.env = text.editor.errors.env(problem);
    return Object.keys(env).length === 0 ? undefined : env;
  }

  success(): Criterion[] | undefined {
    const read = this.#form.success.map(readCriterion);
    const bad = read.findIndex((reading) => !reading.ok);
    const reading = read[bad];
    if (reading?.ok === false) this.errors.success = `${text.success.check(bad + 1)}: ${reading.error}`;
    const criteria = read.flatMap((one) => (one.ok ? [one.value] : []));
    return criteria.length === 0 ? undefined : criteria;
  }

  parameters(): Record<string, unknown> {
    const { parametersText, parameters } = this.#form;
    if (parametersText === null) return { ...parameters };
    const read = readJsonObject(parametersText);
    if (read.error !== null) this.errors.parameters = read.error;
    return read.value;
  }
}

/** Returns the parameters as typed; none while their JSON is not an object. */
export const workOf = ({ parametersText, parameters }: ParametersForm): Readonly<Record<string, unknown>> =>
  parametersText === null ? parameters : readJsonObject(parametersText).value;

/** Reads `NAME=value` lines; `problem` is the last line that does not have this form. */
export function readEnvironment(lines: string): { env: Record<string, string>; problem: string | null } {
  const env: Record<string, string> = {};
  let problem: string | null = null;
  for (const line of lines.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) problem = line.trim();
    else env[name] = value;
  }
  return { env, problem };
}

/** Reads a JSON object. An empty text is an empty object. */
export function readJsonObject(json: string): { value: Record<string, unknown>; error: string | null } {
  if (json.trim() === '') return { value: {}, error: null };
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { value: {}, error: text.editor.errors.jsonObject };
    }
    return { value: Object.fromEntries(Object.entries(value)), error: null };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { value: {}, error: text.editor.errors.json(reason) };
  }
}
