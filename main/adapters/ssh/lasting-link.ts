import type { Envelope } from '../../contract/errors.ts';
import type { IpcCall, IpcInput, IpcOutput } from '../../contract/ipc.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LinkState, MachineLink } from '../../ports/machine-link.ts';
import type { BridgeConnection } from './bridge-connection.ts';

/** Waits before the first and before each later attempt, in ms: doubled each time, up to a minute. */
const firstWaitMs = 1000;
const longestWaitMs = 60_000;

export interface LastingLinkOptions {
  readonly host: string;
  readonly version: string;
  /** Hash of the calls of this program. Another one is refused. */
  readonly contract: string;
  readonly clock: Clock;
  /** Opens a connection, and calls `onLost` once when it ends. */
  readonly open: (onLost: (problem: SchedulerError) => void) => Promise<BridgeConnection>;
  readonly onState: (state: LinkState) => void;
}

/** Keeps a connection to a bridge, and connects again with growing waits when it is lost. */
export class LastingLink implements MachineLink {
  readonly #options: LastingLinkOptions;
  #state: LinkState = { state: 'connecting' };
  #connection: BridgeConnection | null = null;
  #waitMs = firstWaitMs;
  #cancelWait: () => void = () => undefined;
  #closed = false;
  #connecting = false;

  constructor(options: LastingLinkOptions) {
    this.#options = options;
    this.#again();
  }

  get state(): LinkState {
    return this.#state;
  }

  async call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>> {
    if (this.#connection !== null) return this.#connection.call(name, input);
    const { code, message, details } = this.#state.state === 'unreachable' ? this.#state.problem : this.#notYet();
    return { ok: false, error: { code, message, details } };
  }

  retry(): void {
    if (this.#closed || this.#connecting || this.#connection !== null) return;
    this.#cancelWait();
    this.#waitMs = firstWaitMs;
    this.#again();
  }

  close(): void {
    this.#closed = true;
    this.#cancelWait();
    this.#connection?.close();
    this.#connection = null;
  }

  async #connect(): Promise<void> {
    const { open, contract, host, version } = this.#options;
    try {
      const connection = await open((problem) => this.#lost(problem));
      if (this.#closed) return connection.close();
      const { greeting } = connection;
      if (greeting.contract !== contract) {
        connection.close();
        throw otherContract(host, greeting.version, version);
      }
      this.#connection = connection;
      this.#connecting = false;
      this.#waitMs = firstWaitMs;
      this.#become({ state: 'connected', greeting });
    } catch (problem) {
      this.#lost(asProblem(problem, host));
    }
  }

  #lost(problem: SchedulerError): void {
    this.#connection = null;
    this.#connecting = false;
    if (this.#closed) return;
    const since = this.#state.state === 'unreachable' ? this.#state.since : this.#options.clock.nowIso();
    const { clock } = this.#options;
    this.#cancelWait = clock.setTimer(() => this.#again(), this.#waitMs);
    const retryAt = new Date(clock.now() + this.#waitMs).toISOString();
    this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
    this.#become({ state: 'unreachable', since, retryAt, problem });
  }

  #again(): void {
    this.#connecting = true;
    void this.#connect();
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #notYet(): SchedulerError {
    const { host } = this.#options;
    return new SchedulerError('machine/unreachable', `The connection to ${host} is being made. Try again.`, { host });
  }
}

function asProblem(problem: unknown, host: string): SchedulerError {
  if (problem instanceof SchedulerError) return problem;
  return new SchedulerError('machine/ssh-failed', `${host}: ${messageOf(problem)}`, { host }, problem);
}

function otherContract(host: string, theirs: string, ours: string): SchedulerError {
  const which = theirs === ours ? 'another build of the same version' : `version ${theirs}`;
  const message = `${host} has ${which} of NCP Scheduler, which a window of version ${ours} cannot show. Install the same build on both.`;
  return new SchedulerError('machine/other-version', message, { host, theirs, ours });
}
