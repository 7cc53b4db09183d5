import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { app, utilityProcess } from 'electron';
import { workerEnvironment } from './child-environment.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { Details, UtilityProcess } from 'electron';
import type { ProcessHost, WorkerOptions, WorkerProcess } from '../../ports/process-host.ts';

/**
 * How long to wait for `child-process-gone`, which has more details of a crash than `exit` and may come later, in ms.
 */
const REASON_WITHIN_MS = 100;
/** How long to wait for the worker's last output, in ms. On a busy machine `exit` comes long before its pipes end. */
const LAST_WORDS_WITHIN_MS = 2000;

interface Running {
  readonly channel: WorkerChannel;
  /** The reason of a crash, once it is known. */
  reason: string | null;
  /** True when its work is done: an exit with 0 is then ordinary. */
  acknowledged: boolean;
}

/** Runs workers as Electron utility processes, which Electron allows only after `app.whenReady()`. */
export class UtilityProcessHost implements ProcessHost {
  readonly kind = 'utility-process';
  readonly #workerPath: string;
  readonly #running = new Map<string, Running>();
  #count = 0;

  /** @param workerPath absolute path of the built worker, a JavaScript file. */
  constructor(workerPath: string) {
    this.#workerPath = workerPath;
    app.on('child-process-gone', (_event, details) => this.#gone(details));
  }

  start({ name, maxHeapMb }: WorkerOptions): WorkerProcess {
    this.#count += 1;
    const serviceName = `NCP worker ${this.#count} ${name}`;
    const running: Running = { channel: new WorkerChannel(), reason: null, acknowledged: false };
    this.#running.set(serviceName, running);
    const child = utilityProcess.fork(this.#workerPath, [], {
      env: workerEnvironment(),
      // V8's own switches only take effect through Chromium's; given directly they are listed but ignored (seen in 33).
      execArgv: maxHeapMb === undefined ? [] : [`--js-flags=--max-old-space-size=${maxHeapMb}`],
      // An unread pipe would block the worker once it is full; stdin cannot be piped at all.
      stdio: ['ignore', 'pipe', 'pipe'],
      serviceName,
    });
    this.#listen(child, serviceName, running);
    return workerProcess(child, running);
  }

  #listen(child: UtilityProcess, serviceName: string, running: Running): void {
    const { channel } = running;
    const pipes = [child.stdout, child.stderr].filter((pipe) => pipe !== null);
    const hear = (chunk: Buffer): void => channel.heard(chunk);
    for (const pipe of pipes) pipe.on('data', hear);
    child.on('message', (value) => channel.received(value));
    child.on('error', (type, location) => (running.reason = `V8 failed (${type} at ${location})`));
    child.on('exit', (code) => {
      const tell = () => {
        this.#running.delete(serviceName);
        channel.ended(code, null, ordinary ? null : running.reason);
      };
      // Chromium ends a process that closed its channel by a signal, and then reports that it was killed.
      const ordinary = code === 0 && running.acknowledged;
      if (ordinary || running.reason !== null) tell();
      else void lastWords(pipes, hear).then(() => setTimeout(tell, REASON_WITHIN_MS));
    });
  }

  #gone(details: Details): void {
    const running = this.#running.get(details.name ?? '');
    if (!running || details.reason === 'clean-exit') return;
    const reasons: Partial<Record<Details['reason'], string>> = {
      oom: 'it ran out of memory',
      'launch-failed': 'it could not be started',
      killed: 'it was killed',
    };
    running.reason ??= reasons[details.reason] ?? null;
  }
}

function workerProcess(child: UtilityProcess, running: Running): WorkerProcess {
  const { channel } = running;
  let killed = false;
  // Before the process is spawned, kill() does nothing and returns false (electron#44009).
  child.on('spawn', () => void (killed && kill(child)));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      running.acknowledged ||= message.type === 'acknowledge';
      child.postMessage(message);
    },
    onMessage: (listener) => channel.onMessage(listener),
    onProtocolError: (listener) => channel.onProtocolError(listener),
    onExit: (listener) => channel.onExit(listener),
    kill: () => {
      killed = true;
      kill(child);
    },
  };
}

/** Electron removes all listeners from the pipes after `exit`, even if they still hold data (seen in 33). */
async function lastWords(pipes: readonly NodeJS.ReadableStream[], hear: (chunk: Buffer) => void): Promise<void> {
  await Promise.resolve();
  for (const pipe of pipes) pipe.on('data', hear);
  await Promise.race([Promise.allSettled(pipes.map((pipe) => finished(pipe))), delay(LAST_WORDS_WITHIN_MS)]);
}

/** Kills the process with SIGKILL. Electron's own kill() sends SIGTERM, which a stopped or busy process ignores. */
function kill(child: UtilityProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return void child.kill();
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // The process has just ended by itself.
  }
}
