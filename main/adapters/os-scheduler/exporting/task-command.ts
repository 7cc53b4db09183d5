import { catchUpOf } from '../../../contract/policy-defaults.ts';
import type { Task } from '../../../contract/task.ts';
import { shellWord } from '../cron/cron-command.ts';
import { oneLine } from '../entry-marker.ts';

/** How each shell runs one line; the same as in `main/worker/runners/shell.ts`. */
const shells: Readonly<Record<string, readonly string[]>> = {
  sh: ['sh', '-c'],
  bash: ['bash', '-c'],
  zsh: ['zsh', '-c'],
  fish: ['fish', '-c'],
  cmd: ['cmd', '/d', '/s', '/c'],
  pwsh: ['pwsh', '-NoProfile', '-NonInteractive', '-Command'],
  powershell: ['powershell', '-NoProfile', '-NonInteractive', '-Command'],
};

/** Returns a task's program and arguments. A shell supplies the standard input, if there is any. */
export function wordsOf({ parameters }: Task, defaultShell: 'sh' | 'cmd'): string[] {
  const { command, args, shell, stdin } = parameters;
  const words =
    Array.isArray(args) && args.length > 0
      ? args.map(String)
      : [...(shells[typeof shell === 'string' ? shell : defaultShell] ?? ['sh', '-c']), String(command)];
  if (typeof stdin !== 'string' || defaultShell === 'cmd') return words;
  return ['sh', '-c', `printf %s ${shellWord(stdin)} | ${words.map(shellWord).join(' ')}`];
}

/** Returns a name for a file or object: lower-case letters, digits and hyphens, unique among `taken`. */
export function plainName(name: string, taken: Set<string>, longest = 50): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longest - 4)
    .replace(/-+$/, '');
  const base = plain === '' ? 'task' : plain;
  let unique = base;
  for (let number = 2; taken.has(unique); number += 1) unique = `${base}-${number}`;
  taken.add(unique);
  return unique;
}

/** The parts of a definition that some schedulers can express. */
export type Said =
  | 'retries'
  | 'timeout'
  | 'memory'
  | 'nice'
  | 'catchUp'
  | 'jitter'
  | 'conditions'
  | 'overlap'
  | 'startDate'
  | 'endDate';

/** Returns sentences about what is lost in a scheduler that can express only `said`. */
export function lostNotes(task: Task, said: ReadonlySet<Said>): string[] {
  const { policies = {}, startDate, endDate, maxExecutions, fireOnce } = task;
  const set: Readonly<Record<Said, boolean>> = {
    retries: (policies.retries?.count ?? 0) > 0,
    timeout: policies.timeoutMs !== undefined,
    memory: policies.memoryMb !== undefined,
    nice: (policies.nice ?? 0) > 0,
    catchUp: catchUpOf(task) !== 'skip',
    jitter: (policies.jitterMs ?? 0) > 0,
    conditions: policies.conditions !== undefined,
    overlap: policies.overlap !== undefined && policies.overlap !== 'skip',
    startDate: startDate !== undefined,
    endDate: endDate !== undefined,
  };
  const lost = (Object.keys(set) as Said[]).filter((part) => set[part] && !said.has(part)).map((part) => words[part]);
  const never = [
    ...(maxExecutions !== undefined || fireOnce === true ? ['its run limit'] : []),
    ...((policies.after?.length ?? 0) > 0 ? ['running after other tasks'] : []),
    ...(policies.pauseAfterFailures !== undefined ? ['pausing after failures'] : []),
    ...((policies.success?.length ?? 0) > 0 ? ['its success criteria'] : []),
    ...(policies.maxProcesses !== undefined ? ['its process limit'] : []),
    ...(policies.probe !== undefined ? ['its probe: it runs at each slot, whether or not anything changed'] : []),
    ...(policies.budget !== undefined ? ['its budget'] : []),
    ...(policies.calendars !== undefined ? ['its calendars'] : []),
    ...(policies.doubt === 'fail' ? ['failing if its output looks like a failure'] : []),
  ];
  const all = [...lost, ...never];
  return all.length === 0 ? [] : [`"${oneLine(task.name)}" loses ${all.join(', ')}.`];
}

const words: Readonly<Record<Said, string>> = {
  retries: 'its retries',
  timeout: 'its timeout',
  memory: 'its memory limit',
  nice: 'its priority',
  catchUp: 'its catch-up',
  jitter: 'its jitter',
  conditions: 'its conditions',
  overlap: 'its overlap policy',
  startDate: 'its start date',
  endDate: 'its end date',
};
