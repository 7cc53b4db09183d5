import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';

/** Make Electron run without a display. They must precede the arguments of the application. */
const switches = ['--ozone-platform=headless', '--disable-gpu'];

/** Returns a pool that runs vitest test files in the main process of the given Electron executable. */
export function electronPool(executable: string): PoolRunnerInitializer {
  return { name: 'electron', createPoolWorker: (options) => new ElectronPoolWorker(executable, options) };
}

/** Runs vitest's worker for forked processes in an Electron process. `main.mjs` loads it when Electron is ready. */
class ElectronPoolWorker implements PoolWorker {
  readonly name = 'electron';
  readonly #executable: string;
  readonly #options: PoolOptions;
  #process: ChildProcess | undefined;

  constructor(executable: string, options: PoolOptions) {
    this.#executable = executable;
    this.#options = options;
  }

  start(): Promise<void> {
    const env = { ...process.env, ...this.#options.env, VITEST_DIST: this.#options.distPath };
    this.#process ??= spawn(this.#executable, switches, {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#running.once('exit', resolve));
    if (this.#running.exitCode !== null || this.#running.signalCode !== null) return;
    this.#running.kill('SIGKILL');
    await ended;
  }

  on(event: string, listener: (argument: unknown) => void): void {
    this.#running.on(event, listener);
  }

  off(event: string, listener: (argument: unknown) => void): void {
    this.#running.off(event, listener);
  }

  send(message: WorkerRequest): void {
    this.#running.send(message);
  }

  deserialize(message: unknown): unknown {
    return message;
  }

  get #running(): ChildProcess {
    if (this.#process === undefined) throw new Error('vitest used a worker that it had not started');
    return this.#process;
  }
}
