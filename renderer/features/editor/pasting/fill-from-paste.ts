import { taskInCommand } from '../../../../main/contract/pasted-command.ts';
import type { TaskSketch } from '../../../../main/contract/pasted-task.ts';
import { durationText } from '../../../text/format.ts';
import type { TaskForm } from '../task-form.ts';

export interface PasteFill {
  readonly change: Partial<TaskForm>;
  /** What the task does not keep of the text: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Returns what a pasted text changes in the form; null if it only belongs in the field it was pasted into. The name and
 * every field that the text does not give stay.
 */
export function fillFromPaste(pasted: string, form: TaskForm): PasteFill | null {
  const task = taskInCommand(pasted);
  if (task === null) return null;
  const { schedule, tool, parameters, timezone, workingDirectory, env, policies } = task.sketch;
  return {
    change: {
      tool,
      parameters,
      parametersText: null,
      ...(schedule === '' ? {} : { schedule }),
      ...(timezone === undefined ? {} : { timezone }),
      ...(workingDirectory === undefined ? {} : { workingDirectory }),
      ...(env === undefined ? {} : { env: withVariables(form.env, env) }),
      ...limitsOf(policies),
    },
    notes: task.notes,
  };
}

/** What a person typed before the command, and what it makes of the form. */
export interface TypedSchedule {
  readonly form: TaskForm;
  /** True if the rest is a URL, so that the task requests it. */
  readonly isRequest: boolean;
  /** What the task does not keep of the text: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Returns the form with the schedule that a person typed before the command, as in `every hour: COMMAND`; null if there is none. No
 * command begins like that. A URL stays a command until the person decides: it may be one half typed.
 */
export function typedSchedule(form: TaskForm): TypedSchedule | null {
  const { command } = form.parameters;
  if (form.tool !== 'shell:run' || form.parametersText !== null || typeof command !== 'string') return null;
  const fill = fillFromPaste(command, form);
  if (fill?.change.schedule === undefined) return null;
  const whole = { ...form, ...fill.change };
  const isRequest = whole.tool !== form.tool;
  // The other fields of a command, such as its shell, were chosen in the form.
  const parameters = isRequest ? whole.parameters : { ...form.parameters, ...whole.parameters };
  return { form: { ...whole, parameters }, isRequest, notes: fill.notes };
}

function limitsOf(policies: TaskSketch['policies'] = {}): Partial<TaskForm> {
  const { timeoutMs, retries } = policies;
  return {
    ...(timeoutMs === undefined ? {} : { timeout: durationText(timeoutMs) }),
    ...(retries === undefined ? {} : { retries: String(retries.count) }),
  };
}

/** Adds variables to lines of `NAME=value`, in place of those with the same name. */
function withVariables(lines: string, env: Readonly<Record<string, string>>): string {
  const kept = lines.split('\n').filter((line) => line.trim() !== '' && !Object.hasOwn(env, nameIn(line)));
  return [...kept, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)].join('\n');
}

const nameIn = (line: string): string => line.trim().split('=', 1)[0] ?? '';
