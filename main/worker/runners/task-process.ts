import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { executionMark } from '../../adapters/process/execution-mark.ts';
import { readName } from '../../adapters/process/linux-proc.ts';
import { sendSignal } from '../../adapters/process/signal-all.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ChildProcess } from 'node:child_process';
import type { OwnProcessTree } from '../../adapters/process/process-tree.ts';
import type { LogWriter } from '../log-writer.ts';
import type { RunnerContext } from './runner.ts';
import type { Spawn } from './spawn.ts';

const windows = process.platform === 'win32';

/** An execution and the tree in which its processes are found. */
export interface MarkedTree {
  readonly executionId: string;
  readonly tree: OwnProcessTree;
  /** The worker's pid: all of its processes belong to the execution. 0 in a worker that serves other executions too. */
  readonly root: number;
  /** Only in a worker that serves other executions too. */
  readonly shared?: SharedStart;
}

/** What a worker that serves several executions does for each process it starts. */
export interface SharedStart {
  /** Makes what `spawn` starts belong to the execution alone, where the system can. */
  start(spawn: () => ChildProcess): ChildProcess;
}

export interface TaskCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Null: the worker's own folder. */
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly execution: MarkedTree;
  readonly stdin: 'ignore' | 'pipe';
  /** Pass arguments to Windows unchanged: `cmd` has its own quoting rules. */
  readonly verbatim?: boolean;
}

/**
 * @throws SchedulerError `execution/no-working-directory`: for a missing folder, Node would report the command as
 * missing.
 */
function checkWorkingDirectory(cwd: string | null): void {
  if (cwd === null || statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new SchedulerError(
    'execution/no-working-directory',
    `The working directory ${cwd} does not exist or is not a folder. Create it, or change the task's working directory.`,
    { workingDirectory: cwd },
  );
}

/**
 * Starts a program of the task in its own process group and session, marked with the execution. A failed start arrives
 * as the child's `error` event, or is thrown for a bad working directory.
 */
export function startTaskProcess(spawn: Spawn, command: TaskCommand): ChildProcess {
  checkWorkingDirectory(command.cwd);
  const { executionId, tree, root, shared } = command.execution;
  const start = (): ChildProcess =>
    spawn(command.file, command.args, {
      ...(command.cwd === null ? {} : { cwd: command.cwd }),
      env: { ...command.env, [executionMark]: executionId },
      stdio: [command.stdin, 'pipe', 'pipe'],
      // On Windows this would open a console window, and Windows has no process groups.
      detached: !windows,
      windowsHide: true,
      windowsVerbatimArguments: command.verbatim ?? false,
    });
  const child = shared === undefined ? start() : shared.start(start);
  if (child.pid !== undefined) tree.leads(root, executionId, child.pid);
  return child;
}

/** Asks the program's whole group to end; wakes a stopped group so that it can. */
export function terminateGroup(child: ChildProcess, { executionId, tree, root }: MarkedTree): void {
  if (child.pid === undefined) return;
  if (windows) {
    tree.signal(root, executionId, 'SIGTERM');
    return;
  }
  sendSignal(-child.pid, 'SIGTERM');
  sendSignal(-child.pid, 'SIGCONT');
}

export interface LeftoverLimits {
  /** How long remaining processes may take to end by themselves, in ms: the end of a pipeline needs a moment. */
  readonly patienceMs: number;
  /** Time between TERM and KILL. */
  readonly graceMs: number;
}

const leftoverLimits: LeftoverLimits = { patienceMs: 300, graceMs: 5000 };

/**
 * Ends processes that the task left running after its main process ended, and says so in the log: a finished run leaves
 * nothing behind (use a service manager for services).
 */
export async function endLeftovers(
  { executionId, tree, root }: MarkedTree,
  log: Pick<LogWriter, 'sys'>,
  limits: LeftoverLimits = leftoverLimits,
): Promise<void> {
  const left = () => tree.descendants(root, executionId);
  const goneWithin = async (ms: number) => {
    for (const end = Date.now() + ms; Date.now() < end; await delay(20)) if (left().length === 0) return true;
    return left().length === 0;
  };
  if (left().length === 0 || (await goneWithin(limits.patienceMs))) return;
  const names = left().map(({ pid }) => (process.platform === 'linux' ? `${readName(pid)} (${pid})` : String(pid)));
  const shown = names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : '');
  log.sys(`The main process ended and left ${names.length} in the background; ending them now: ${shown}`);
  tree.signal(root, executionId, 'SIGTERM');
  if (await goneWithin(limits.graceMs)) return;
  log.sys('Some of them did not end on SIGTERM and were killed.');
  for (let round = 0; round < 20 && tree.signal(root, executionId, 'SIGKILL').length > 0; round += 1) await delay(50);
}

/** Copies the program's output to the log as it arrives. */
export function logOutput(child: ChildProcess, { log, output }: Pick<RunnerContext, 'log' | 'output'>): void {
  for (const stream of ['out', 'err'] as const) {
    const source = stream === 'out' ? child.stdout : child.stderr;
    source?.on('data', (chunk: Buffer) => output(stream, chunk));
    source?.on('end', () => log.endOf(stream));
    source?.on('error', (error) => log.sys(`Reading std${stream} failed: ${error.message}`));
  }
}

/** Waits until all output was read, but at most two seconds: a process outside the tree may keep the pipe open. */
export async function outputEnd(child: ChildProcess, closed: Promise<void>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([closed, delay(2000, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
  child.stdout?.destroy();
  child.stderr?.destroy();
}
