import { fork } from 'node:child_process';
import { workerEnvironment } from './child-environment.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { ToWorker } from '../../contract/worker.ts';
import type { ProcessHost, WorkerOptions, WorkerProcess } from '../../ports/process-host.ts';

/** Longest wait for `close`, in ms: a process that inherited the worker's stderr could delay it without end. */
const CLOSE_WITHIN_MS = 1000;

/** Runs workers as forked Node processes, for the headless mode. */
export class ForkHost implements ProcessHost {
  readonly kind = 'fork';
  readonly #workerPath: string;

  /** @param workerPath absolute path of the built worker, a JavaScript file. */
  constructor(workerPath: string) {
    this.#workerPath = workerPath;
  }

  start({ maxHeapMb }: WorkerOptions): WorkerProcess {
    const channel = new WorkerChannel();
    const child = fork(this.#workerPath, [], {
      env: workerEnvironment(),
      execArgv: maxHeapMb === undefined ? [] : [`--max-old-space-size=${maxHeapMb}`],
      serialization: 'json',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.on('data', (chunk: Buffer) => channel.heard(chunk));
    child.stderr?.on('data', (chunk: Buffer) => channel.heard(chunk));
    child.on('message', (value) => channel.received(value));
    child.on('error', (error) => {
      // Also raised for a message to a worker that has ended; `close` then reports its exit.
      if (child.pid === undefined) channel.ended(null, null, `the worker could not be started: ${error.message}`);
    });
    // `close` comes after the last message and the last byte of stderr; `exit` may come before both.
    child.on('close', (code, signal) => channel.ended(code, signal, null));
    child.on(
      'exit',
      (code, signal) => void setTimeout(() => channel.ended(code, signal, null), CLOSE_WITHIN_MS).unref(),
    );
    return {
      get pid() {
        return child.pid;
      },
      send: (message: ToWorker) => void (child.connected && child.send(message, () => undefined)),
      onMessage: (listener) => channel.onMessage(listener),
      onProtocolError: (listener) => channel.onProtocolError(listener),
      onExit: (listener) => channel.onExit(listener),
      kill: () => void child.kill('SIGKILL'),
    };
  }
}
