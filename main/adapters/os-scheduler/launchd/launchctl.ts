import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { SchedulerError } from '../../../domain/errors.ts';
import { complaint } from '../run-program.ts';
import type { CommandResult, CommandRunner } from '../run-program.ts';

/** `launchctl bootout` returns before the agent has ended; `bootstrap` then returns 5 (I/O) or 37 (in progress). */
const NOT_YET = new Set([5, 37]);
const TRIES = 10;
const RETRY_MS = 200;

/** "Could not find service in domain" (`launchctl error 113`, and 3 from `bootout`). */
const NOT_FOUND = new Set([3, 113]);

/** Starts a program that outlives this process and its group. */
type StartDetached = (file: string, words: readonly string[]) => void;

const startDetached: StartDetached = (file, words) => {
  // A failure is not lost: the agent stays as it is, and `doctor` reports that it differs.
  spawn(file, [...words], { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
};

/**
 * The person's graphical session in launchd, through the commands that replaced `load` and `unload` (`man launchctl`).
 */
export class Launchctl {
  readonly #run: CommandRunner;
  readonly #domain: string;
  readonly #startDetached: StartDetached;

  constructor(run: CommandRunner, uid: number, start: StartDetached = startDetached) {
    this.#run = run;
    this.#domain = `gui/${uid}`;
    this.#startDetached = start;
  }

  /** Returns null if the session answers, otherwise the reason. */
  async unavailable(): Promise<string | null> {
    const result = await this.#run('launchctl', ['print', this.#domain]);
    return result.exitCode === 0 ? null : complaint(result);
  }

  async isLoaded(label: string): Promise<boolean> {
    return (await this.#run('launchctl', ['print', `${this.#domain}/${label}`])).exitCode === 0;
  }

  /** Loads an agent, even one that the person disabled before. @throws SchedulerError `os/launchd-refused` */
  async load(label: string, path: string): Promise<void> {
    await this.#run('launchctl', ['enable', `${this.#domain}/${label}`]);
    let result = await this.#bootstrap(path);
    for (let tries = 1; tries < TRIES && NOT_YET.has(result.exitCode ?? 0); tries += 1) {
      await delay(RETRY_MS);
      result = await this.#bootstrap(path);
    }
    assertDone(result, 'launchctl bootstrap');
  }

  /** Unloads an agent; does nothing if it is not loaded. @throws SchedulerError `os/launchd-refused` */
  async unload(label: string): Promise<void> {
    const result = await this.#run('launchctl', ['bootout', `${this.#domain}/${label}`]);
    if (!NOT_FOUND.has(result.exitCode ?? 0)) assertDone(result, 'launchctl bootout');
  }

  /**
   * Unloads an agent once a process has ended, and loads its file again if there is one. Returns at once. For the run that
   * the agent itself started: launchd would end it.
   */
  reloadAfter(pid: number, label: string, path: string): void {
    const reload = `while kill -0 "$1" 2>/dev/null; do sleep 1; done; launchctl bootout "$2"; if [ -f "$3" ]; then for try in 1 2 3 4 5; do launchctl bootstrap "$4" "$3" && exit; sleep 1; done; fi`;
    const words = [String(pid), `${this.#domain}/${label}`, path, this.#domain];
    this.#startDetached('/bin/sh', ['-c', reload, 'reload', ...words]);
  }

  async #bootstrap(path: string): Promise<CommandResult> {
    return this.#run('launchctl', ['bootstrap', this.#domain, path]);
  }
}

function assertDone(result: CommandResult, command: string): void {
  if (result.exitCode === 0) return;
  throw new SchedulerError('os/launchd-refused', `${command} failed: ${complaint(result)}`, {
    command,
    exitCode: result.exitCode,
  });
}
