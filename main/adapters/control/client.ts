import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { controlMethods, controlResponseSchema } from '../../contract/control.ts';
import type { ControlMethod, ControlParams, ControlResult } from '../../contract/control.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ControlClient } from '../../ports/control.ts';
import { socketAddress } from './control-path.ts';
import { longestAnswer, readJsonLines, writeJsonLine } from './line-channel.ts';
import { checkSocket } from './socket-trust.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: SchedulerError): void;
}

/** Time limit of a connect and a ping in ms; after it the primary counts as not answering. */
const defaultPingTimeoutMs = 2_000;

export interface ConnectOptions {
  readonly pingTimeoutMs?: number;
  /** Called with the reason why what is at the path is not used. */
  readonly warn?: (message: string) => void;
}

/**
 * Connects to the primary that listens on `path`. Returns null if there is none, if only its stale socket file is left,
 * if it does not answer a ping in time, or if another user could have put it there.
 */
export async function connectControl(path: string, options: ConnectOptions = {}): Promise<ControlClient | null> {
  const timeoutMs = options.pingTimeoutMs ?? defaultPingTimeoutMs;
  if (!isTrusted(path, options)) return null;
  const socket = await openSocket(path, timeoutMs);
  if (socket === null) return null;
  const connection = new Connection(socket);
  try {
    const primary = await connection.call('ping', {}, { timeoutMs });
    return {
      primary,
      get lost() {
        return connection.lost;
      },
      call: (method, params, callOptions) => connection.call(method, params, callOptions),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    if (error instanceof SchedulerError) return null;
    throw error;
  }
}

function isTrusted(path: string, { warn }: ConnectOptions): boolean {
  // Node cannot read the owner of a named pipe.
  if (process.platform === 'win32') return true;
  try {
    return checkSocket(path);
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    warn?.(`${error.message} The app counts as not running.`);
    return false;
  }
}

function openSocket(path: string, timeoutMs: number): Promise<Socket | null> {
  const { address, release } = socketAddress(path);
  return new Promise<Socket | null>((resolve) => {
    const socket = createConnection(address);
    const giveUp = (): void => {
      socket.destroy();
      resolve(null);
    };
    socket.setTimeout(timeoutMs, giveUp);
    socket.once('error', giveUp);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', giveUp);
      resolve(socket);
    });
  }).finally(release);
}

class Connection {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #lost: SchedulerError | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    readJsonLines(socket, longestAnswer, (document) => this.#onDocument(document));
    // No handler is needed: `close` follows every error and notifies all waiting callers.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
  }

  get lost(): boolean {
    return this.#lost !== null;
  }

  async call<M extends ControlMethod>(
    method: M,
    params: ControlParams<M>,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<ControlResult<M>> {
    const answer = await this.#request(method, params, options.timeoutMs);
    const parsed = controlMethods[method].result.safeParse(answer);
    if (!parsed.success) {
      throw new SchedulerError(
        'control/bad-answer',
        `The running app answered ${method} in a form that this version cannot read. Restart the app so that both have the same version.`,
        { method, issues: parsed.error.issues.slice(0, 5) },
      );
    }
    return parsed.data as ControlResult<M>;
  }

  close(): void {
    this.#socket.destroy();
  }

  #request(method: string, params: unknown, timeoutMs: number | undefined): Promise<unknown> {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => this.#expire(id, method), timeoutMs);
      const settled = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      });
      writeJsonLine(this.#socket, { id, method, params });
    });
  }

  #expire(id: number, method: string): void {
    const message = `The running app did not answer ${method} in time. Check its window, or quit it and start it again.`;
    this.#waiting.get(id)?.reject(new SchedulerError('control/timeout', message, { method }));
  }

  #onDocument(document: unknown): void {
    const response = controlResponseSchema.safeParse(document);
    if (!response.success) {
      this.#socket.destroy();
      return;
    }
    const waiting = this.#waiting.get(response.data.id);
    if (response.data.ok) {
      waiting?.resolve(response.data.result);
    } else {
      const { code, message, details } = response.data.error;
      waiting?.reject(new SchedulerError(code as SchedulerError['code'], message, details));
    }
  }

  #onClose(): void {
    this.#lost = new SchedulerError(
      'control/lost',
      'The running app ended before it answered. Use `runs` to see what happened to the run.',
    );
    for (const waiting of [...this.#waiting.values()]) waiting.reject(this.#lost);
  }
}
