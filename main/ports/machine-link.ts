import type { Envelope } from '../contract/errors.ts';
import type { IpcCall, IpcInput, IpcOutput } from '../contract/ipc.ts';
import type { Greeting } from '../contract/line-protocol.ts';
import type { SchedulerError } from '../domain/errors.ts';

/** Whether another machine can be reached. */
export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly greeting: Greeting }
  /** `since` is the ISO instant of the first failure. A link that is refused (`other-version`) is tried again too. */
  | { readonly state: 'unreachable'; readonly since: string; readonly problem: SchedulerError };

/** A lasting connection to the scheduler of another machine. */
export interface MachineLink {
  readonly state: LinkState;
  /** Answers with the problem of the connection while there is none. */
  call<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>>;
  /** Ends the connection, and tries no more. */
  close(): void;
}
