import type { ControlMethod, ControlParams, ControlResult, ParsedControlParams } from '../contract/control.ts';

/** The primary's handler for each method. A rejected promise is sent to the caller as the wire error. */
export type ControlHandlers = {
  readonly [M in ControlMethod]: (params: ParsedControlParams<M>) => Promise<ControlResult<M>>;
};

/** The primary's end of the control channel. */
export interface ControlServer {
  /** Stops listening, ends open connections and removes the socket file. */
  close(): Promise<void>;
}

/** A connection to a primary that answered a ping. */
export interface ControlClient {
  /** The primary that answered. */
  readonly primary: ControlResult<'ping'>;
  /** True once the connection has ended, because the primary quit: every later call fails with `control/lost`. */
  readonly lost: boolean;
  /**
   * Calls one method. Without `timeoutMs` it waits as long as the connection lasts, because a run may take any time.
   * @throws SchedulerError with the primary's own code, or `control/lost`, `control/timeout`, `control/bad-answer`.
   */
  call<M extends ControlMethod>(
    method: M,
    params: ControlParams<M>,
    options?: { readonly timeoutMs?: number },
  ): Promise<ControlResult<M>>;
  close(): void;
}

/** The control channel of one data directory. */
export interface ControlChannel {
  /** Connects to the running primary. Returns null if none answers, or if another user could have put it there. */
  connect(): Promise<ControlClient | null>;
  /** Starts to answer as the primary. @throws SchedulerError `control/primary-running`, `control/unsafe-…`. */
  listen(handlers: ControlHandlers): Promise<ControlServer>;
}
