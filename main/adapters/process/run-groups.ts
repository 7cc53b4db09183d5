import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../domain/errors.ts';

/** Where distributions mount the unified hierarchy: alone, or beside the old ones ("hybrid"). */
const mounts = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'];
/** The units that this program writes; systemd delegates their control group (`Delegate=`). */
const ownUnit = /^(?<unit>(?:\/[^/]+)*\/ncp-scheduler[^/]*\.service)(?:\/(?:supervisor|run-[^/]+))?$/;
/** Threads that a limit allows for each process: the kernel counts threads, a person counts processes. */
const THREADS_PER_PROCESS = 64;
/** How often the group of the unit is emptied: a process may start there in between. */
const MAX_ROUNDS = 5;

/**
 * The control groups of runs (cgroups(7)). A process cannot leave its group by a double fork, a session of its own or a
 * cleared environment, so that a run in a group leaves nothing behind. There are groups only on Linux, and only where
 * systemd delegated one to this program: under a timer, or in the service of `serve --install`.
 */
export class RunGroups {
  readonly #unit: string;

  /** @param unit the folder of the delegated group. */
  constructor(unit: string) {
    this.#unit = unit;
  }

  /** Moves this process into a new group for the run; its children start there. @throws the error of the system. */
  enter(executionId: string): void {
    const group = this.#groupOf(executionId);
    mkdirSync(group, { recursive: true });
    writeFileSync(join(group, 'cgroup.procs'), '0');
  }

  /** Moves this process back to the group beside the runs. @throws the error of the system. */
  leave(): void {
    const supervisor = join(this.#unit, 'supervisor');
    mkdirSync(supervisor, { recursive: true });
    writeFileSync(join(supervisor, 'cgroup.procs'), '0');
  }

  /**
   * Bounds the threads of the run in the kernel, which refuses further ones: this holds also against a fork bomb.
   * @throws the error of the system, for example if it does not delegate the controller `pids`.
   */
  limit(executionId: string, processes: number): void {
    this.#enablePids();
    // One more: the worker is in the group too.
    writeFileSync(join(this.#groupOf(executionId), 'pids.max'), String((processes + 1) * THREADS_PER_PROCESS));
  }

  /** Returns the processes in the group of the run, also in groups below it, which a task may create. */
  pids(executionId: string): ReadonlySet<number> {
    const groups = withThoseBelow(this.#groupOf(executionId));
    return new Set(groups.flatMap((group) => lines(join(group, 'cgroup.procs')).map(Number)));
  }

  /** Kills every process in the group at once, so that no fast forker escapes. Does nothing before Linux 5.14. */
  kill(executionId: string): void {
    const file = join(this.#groupOf(executionId), 'cgroup.kill');
    if (existsSync(file)) writeFileSync(file, '1');
  }

  /** Removes the group, if no process is left in it. systemd removes what remains when the unit ends. */
  remove(executionId: string): void {
    for (const group of withThoseBelow(this.#groupOf(executionId)).reverse()) {
      try {
        rmdirSync(group);
      } catch {
        // EBUSY: a process that cannot be ended, which the run's error names. ENOENT: it is gone already.
      }
    }
  }

  #groupOf(executionId: string): string {
    return join(this.#unit, `run-${executionId}`);
  }

  /** A group with processes of its own cannot pass controllers on, so they move into a group beside the runs. */
  #enablePids(): void {
    const control = join(this.#unit, 'cgroup.subtree_control');
    const isEnabled = () => lines(control).includes('pids');
    const supervisor = join(this.#unit, 'supervisor');
    for (let round = 0; !isEnabled(); round += 1) {
      mkdirSync(supervisor, { recursive: true });
      for (const pid of lines(join(this.#unit, 'cgroup.procs'))) moveInto(supervisor, pid);
      try {
        writeFileSync(control, '+pids');
      } catch (error) {
        if (round === MAX_ROUNDS) throw error;
      }
    }
  }
}

/** Returns the groups for runs of this process; null where it has no group to divide. */
export function runGroups(): RunGroups | null {
  if (process.platform !== 'linux') return null;
  const own = lines('/proc/self/cgroup', '\n').find((line) => line.startsWith('0::'));
  const unit = ownUnit.exec(own?.slice(3) ?? '')?.groups?.['unit'];
  const mount = mounts.find((folder) => existsSync(join(folder, 'cgroup.controllers')));
  if (unit === undefined || mount === undefined) return null;
  const folder = join(mount, unit);
  return isWritable(folder) && isWritable(join(folder, 'cgroup.procs')) ? new RunGroups(folder) : null;
}

/**
 * Moves this worker into the group of its run.
 * @param processes the limit of the run; undefined for none.
 * @returns what could not be done, for the log of the run; null if nothing failed, or if there are no groups here.
 */
export function enterRunGroup(executionId: string, processes?: number, groups = runGroups()): string | null {
  if (groups === null) return null;
  try {
    groups.enter(executionId);
  } catch (error) {
    return `The run has no control group of its own: ${messageOf(error)}`;
  }
  if (processes === undefined) return null;
  try {
    groups.limit(executionId, processes);
    return null;
  } catch (error) {
    return `The kernel does not limit the number of processes; they are counted twice a second: ${messageOf(error)}`;
  }
}

/**
 * Starts a process in the group of its run while this worker, which serves other runs too, only visits that group. The
 * start is one synchronous step, so that nothing the process starts in turn is outside the group.
 * @param start starts the process.
 * @param onProblem receives what could not be done, for the log of the run.
 */
export function startInRunGroup<T>(
  executionId: string,
  processes: number | undefined,
  start: () => T,
  onProblem: (problem: string) => void,
  groups = runGroups(),
): T {
  if (groups === null) return start();
  const problem = enterRunGroup(executionId, processes, groups);
  try {
    return start();
  } finally {
    try {
      groups.leave();
    } catch (error) {
      onProblem(`The worker could not leave the control group of the run: ${messageOf(error)}`);
    }
    if (problem !== null) onProblem(problem);
  }
}

function withThoseBelow(group: string): string[] {
  if (!existsSync(group)) return [];
  try {
    const below = readdirSync(group, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [group, ...below.flatMap(({ name }) => withThoseBelow(join(group, name)))];
  } catch {
    // It was removed in between.
    return [];
  }
}

/** Returns the words of a kernel file; none if the file is gone. */
function lines(file: string, separator: string | RegExp = /\s+/): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split(separator)
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

function moveInto(group: string, pid: string): void {
  try {
    writeFileSync(join(group, 'cgroup.procs'), pid);
  } catch {
    // It has ended. If it has not, the next step fails and says why.
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
