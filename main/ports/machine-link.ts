import type { Envelope } from '../contract/errors.ts';
import type { IpcCall, IpcInput, IpcOutput } from '../contract/ipc.ts';
import type { Greeting } from '../contract/line-protocol.ts';
import type { Machine, MachineTest } from '../contract/machines.ts';
import type { SchedulerError } from '../domain/errors.ts';

/** Whether another machine can be reached. */
export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly greeting: Greeting }
  /**
   * `since` is the ISO instant of the first failure, `retryAt` that of the next attempt. A link that is refused
   * (`other-version`) is tried again too.
   */
  | {
      readonly state: 'unreachable';
      readonly since: string;
      readonly retryAt: string;
      readonly problem: SchedulerError;
    };

/** A lasting connection to the scheduler of another machine. */
export interface MachineLink {
  readonly state: LinkState;
  /** Answers with the problem of the connection while there is none. */
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>>;
  /** Connects now instead of at the next attempt. Does nothing while it is connected or connects. */
  retry(): void;
  /** Ends the connection, and tries no more. */
  close(): void;
}

export interface MachineLinkListener {
  onState(state: LinkState): void;
  /** An event of the window there; its name and payload are not checked. */
  onEvent(name: string, payload: unknown): void;
}

/** The person's SSH, as a way to other machines. */
export interface MachineAccess {
  /** Returns the names of hosts in ~/.ssh/config, patterns left out. */
  aliases(): string[];
  /** Asks the program on a machine who it is. @throws SchedulerError `machine/…` */
  test(machine: Machine): Promise<MachineTest>;
  /** Connects, and stays connected until `close`. */
  link(machine: Machine, listener: MachineLinkListener): MachineLink;
}
