import { once } from 'node:events';
import { shellRun } from '../../contract/built-in/shell-run.ts';
import type { ShellName } from '../../contract/built-in/shell-run.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import { signalBehind, signalHint, signalOfCode } from './exit-signals.ts';
import { ParameterReader } from './parameters.ts';
import { cancelled, failure, success } from './runner.ts';
import { taskSpawn } from './spawn.ts';
import { endLeftovers, logOutput, outputEnd, startTaskProcess, terminateGroup } from './task-process.ts';
import type { ChildProcess } from 'node:child_process';
import type { RunnerContext, RunnerOutcome } from './runner.ts';

const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** The arguments with which each shell runs one line. */
const shells = {
  sh: ['-c'],
  bash: ['-c'],
  zsh: ['-c'],
  fish: ['-c'],
  cmd: ['/d', '/s', '/c'],
  pwsh: ['-NoProfile', '-NonInteractive', '-Command'],
  powershell: ['-NoProfile', '-NonInteractive', '-Command'],
} as const satisfies Record<ShellName, readonly string[]>;

interface Plan {
  readonly file: string;
  readonly args: readonly string[];
  readonly verbatim: boolean;
  readonly stdin: string | undefined;
  readonly successExitCodes: readonly number[];
  /** The command as a person would write it, for messages. */
  readonly shown: string;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs `shell:run`: `command` (a line for `shell`, by default `sh`, on Windows `cmd`) or `args` (a program and its
 * arguments, no shell), `stdin` (a text), `successExitCodes` (default [0]).
 */
export async function runShell(context: RunnerContext): Promise<RunnerOutcome> {
  const { spec, log, execution, signal } = context;
  const plan = readPlan(spec.parameters);
  const child = startTaskProcess(await taskSpawn(), {
    file: plan.file,
    args: plan.args,
    cwd: spec.workingDirectory,
    env: spec.env,
    execution,
    stdin: plan.stdin === undefined ? 'ignore' : 'pipe',
    verbatim: plan.verbatim,
  });
  const stop = () => terminateGroup(child, execution);
  signal.addEventListener('abort', stop);
  try {
    logOutput(child, context);
    giveInput(child, plan.stdin);
    const closed = new Promise<void>((resolve) => void child.once('close', () => resolve()));
    const [code, endedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await endLeftovers(execution, log);
    await outputEnd(child, closed);
    return outcomeOf({ code, signal: endedBy }, plan, context);
  } catch (error) {
    return startFailure(error, plan, context);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function readPlan(parameters: Readonly<Record<string, unknown>>): Plan {
  const read = new ParameterReader(shellRun, parameters);
  const common = { stdin: read.text('stdin'), successExitCodes: read.integers('successExitCodes') ?? [0] };
  const command = read.text('command');
  const args = read.texts('args');
  if ((command === undefined) === (args === undefined)) {
    throw read.bad('command', 'or "args" is required, but not both: a shell line, or a program with its arguments');
  }
  if (args) {
    const [file, ...rest] = args;
    if (!file) throw read.bad('args', 'must start with a program');
    return { ...common, file, args: rest, verbatim: false, shown: args.join(' ') };
  }
  const line = command ?? '';
  if (line.trim() === '') throw read.bad('command', 'is empty');
  const shell = read.text('shell') ?? (process.platform === 'win32' ? 'cmd' : 'sh');
  if (!Object.hasOwn(shells, shell)) throw read.bad('shell', `must be one of ${Object.keys(shells).join(', ')}`);
  const verbatim = shell === 'cmd';
  const before = shells[shell as keyof typeof shells];
  return { ...common, file: shell, args: [...before, verbatim ? `"${line}"` : line], verbatim, shown: line };
}

/** Writes the input. A program may end or close its input without reading all of it. */
function giveInput(child: ChildProcess, text: string | undefined): void {
  if (text === undefined || !child.stdin) return;
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
}

function outcomeOf(ended: Ended, plan: Plan, { spec, signal }: RunnerContext): RunnerOutcome {
  const exit = { exitCode: ended.code, signal: ended.signal };
  if (signal.aborted) return cancelled('the command ran', exit);
  if (ended.signal) {
    const message = `The command was ended by ${ended.signal}, and not by NCP Scheduler.${signalHint(ended.signal)}`;
    return failure('shell/signal', message, exit);
  }
  if (ended.code !== null && plan.successExitCodes.includes(ended.code)) return success(null, ended.code);
  if (ended.code === NOT_FOUND) return failure('shell/command-not-found', notFound(plan, spec.env), exit);
  const wanted = plan.successExitCodes.join(', ');
  const expected = wanted === '0' ? '' : ` Codes that count as success: ${wanted}.`;
  const message = `The command ended with exit code ${ended.code}${signalBehind(ended.code)}.`;
  return failure('shell/exit-code', `${message}${signalHint(signalOfCode(ended.code))}${expected}`, exit);
}

function startFailure(error: unknown, plan: Plan, { spec, signal }: RunnerContext): RunnerOutcome {
  if (error instanceof SchedulerError) throw error;
  if (signal.aborted) return cancelled('the command was starting');
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return failure('shell/command-not-found', notFound(plan, spec.env), { exitCode: NOT_FOUND });
  }
  if (code === 'EACCES') {
    const message = `${plan.file} exists but is not executable. Make it executable: chmod +x ${plan.file}`;
    return failure('shell/not-executable', message, { exitCode: NOT_EXECUTABLE });
  }
  const message = `${plan.file} could not be started: ${messageOf(error)}`;
  return failure('shell/not-started', message);
}

function notFound(plan: Plan, env: Readonly<Record<string, string>>): string {
  const path = env['PATH'] ?? env['Path'] ?? '';
  return (
    `A command was not found (exit code ${NOT_FOUND}): ${plan.shown.slice(0, 200)}. Check the spelling, enter its full path, ` +
    `or add its folder to the task's PATH, which is ${path === '' ? 'empty' : path}`
  );
}
