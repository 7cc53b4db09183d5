import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { app, utilityProcess } from 'electron';
import { workerEnvironment } from './child-environment.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { Details, UtilityProcess } from 'electron';
import type { ProcessHost, WorkerOptions, WorkerProcess } from '../../ports/process-host.ts';

/** `child-process-gone` says more about a crash than `exit`, and may come after it. */
const REASON_WITHIN_MS = 100;
/** On a busy machine `exit` comes long before the worker's last words; they end with its pipes. */
const LAST_WORDS_WITHIN_MS = 2000;

interface Running {
  readonly channel: WorkerChannel;
  /** The reason of a crash, as soon as anybody told it. */
  reason: string | null;
  /** Its work is done: from here on an exit with 0 is an ordinary one. */
  acknowledged: boolean;
}

/** Workers as Electron utility processes. Electron allows them only after `app.whenReady()`. */
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
      // V8's own switches only work through Chromium's: as they are, they are listed and not obeyed (seen in 33).
      execArgv: maxHeapMb === undefined ? [] : [`--js-flags=--max-old-space-size=${maxHeapMb}`],
      // A pipe nobody reads would stop the worker once it is full; stdin cannot be piped at all.
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
    child.on('error', (type, location) => (running.reason = `V8 gave up (${type} at ${location})`));
    child.on('exit', (code) => {
      const tell = () => {
        this.#running.delete(serviceName);
        channel.ended(code, null, ordinary ? null : running.reason);
      };
      // Chromium ends a process that has closed its line by a signal of its own, and then says it was killed.
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
  // Before it is spawned, kill() does nothing and says so by false (electron#44009).
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

/** Electron takes all listeners off the pipes once `exit` was told, whatever is still in them (seen in 33). */
async function lastWords(pipes: readonly NodeJS.ReadableStream[], hear: (chunk: Buffer) => void): Promise<void> {
  await Promise.resolve();
  for (const pipe of pipes) pipe.on('data', hear);
  await Promise.race([Promise.allSettled(pipes.map((pipe) => finished(pipe))), delay(LAST_WORDS_WITHIN_MS)]);
}

/** Electron's own kill() sends SIGTERM, which a stopped or busy process does not act on. */
function kill(child: UtilityProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return void child.kill();
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
