import type { Task } from '../../../contract/task.ts';
import type { GroupTarget } from '../../../contract/transfer.ts';
import { isEnvName, oneLine } from '../entry-marker.ts';
import { unwritable } from '../writable-text.ts';
import { programProblem } from './program-problem.ts';

export interface WritableTasks {
  readonly tasks: readonly Task[];
  /** A sentence for each task that is left out: which field the format cannot hold, and why. */
  readonly notes: readonly string[];
}

/** Separates the tasks that a format can hold unchanged from those that it cannot. */
export function writableTasks(target: GroupTarget, tasks: readonly Task[]): WritableTasks {
  const checked = tasks.map((task) => ({ task, problem: problemOf(target, task) }));
  return {
    tasks: checked.filter(({ problem }) => problem === null).map(({ task }) => task),
    notes: checked.flatMap(({ task, problem }) =>
      problem === null ? [] : [`"${oneLine(task.name)}" was not exported: ${problem}`],
    ),
  };
}

const formats: Readonly<Record<GroupTarget, { readonly name: string; readonly lineBreaks: boolean }>> = {
  crontab: { name: 'a crontab line', lineBreaks: false },
  systemd: { name: 'a systemd unit', lineBreaks: true },
  launchd: { name: 'a launchd agent', lineBreaks: true },
  windows: { name: 'a Task Scheduler task', lineBreaks: false },
  kubernetes: { name: 'a CronJob', lineBreaks: true },
};

function problemOf(target: GroupTarget, task: Task): string | null {
  return (
    textProblem(target, task) ??
    environmentProblem(target, task) ??
    directoryProblem(target, task.workingDirectory) ??
    programProblem(target, task)
  );
}

/** Returns the first text with a character that the format cannot hold. */
function textProblem(target: GroupTarget, task: Task): string | null {
  const { name, lineBreaks } = formats[target];
  const { args, command, stdin } = task.parameters;
  const words: [string, unknown][] = Array.isArray(args)
    ? args.map((word, index) => [`argument ${index + 1} of its command`, word])
    : [['its command', command]];
  const texts = [...words, ...(target === 'windows' ? [] : [['its standard input', stdin ?? ''] as const])];
  for (const [field, text] of texts) {
    const found = unwritable(String(text), { lineBreaks });
    if (found !== null) return `${field} has ${found}, which ${name} cannot contain. Put its command into a script.`;
  }
  return null;
}

function environmentProblem(target: GroupTarget, { env = {} }: Task): string | null {
  // The export to Task Scheduler has no environment.
  if (target === 'windows') return null;
  const { name: format, lineBreaks } = formats[target];
  for (const [name, value] of Object.entries(env)) {
    if (!isEnvName(name))
      return `its environment variable ${JSON.stringify(name.slice(0, 60))} has an invalid name: use letters, digits and "_", and no digit first.`;
    const found = unwritable(value, { lineBreaks });
    if (found !== null) return `its environment variable ${name} has ${found}, which ${format} cannot contain.`;
  }
  return null;
}

function directoryProblem(target: GroupTarget, directory: string | undefined): string | null {
  if (directory === undefined) return null;
  const field = `its working directory ${JSON.stringify(directory.slice(0, 100))}`;
  const found = unwritable(directory, { lineBreaks: false });
  if (found !== null) return `${field} has ${found}, which ${formats[target].name} cannot contain.`;
  if (directory.trim() !== directory || directory === '')
    return `${field} is empty, or begins or ends with a space, which ${formats[target].name} does not keep.`;
  if (target === 'systemd' && directory.endsWith('\\'))
    return `${field} ends with a backslash, which joins the next line of a unit to it.`;
  if (target === 'systemd' && !directory.startsWith('/'))
    return `${field} is not an absolute path, so systemd would ignore it.`;
  if (target === 'windows' && /%[^%]+%/.test(directory))
    return `${field} has a part between percent signs, which Task Scheduler replaces by a variable.`;
  return null;
}
