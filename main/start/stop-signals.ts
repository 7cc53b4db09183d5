/** The signal by which this program asks a process of its own to end, whatever else that process receives. */
export const ownStopSignal = 'SIGUSR2' satisfies StopSignal;

/**
 * The signals that ask a process to end, with the exit code that shells report for each: 128 and its number. The own
 * signal counts as SIGTERM.
 */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143, SIGUSR2: 143 } as const;
type StopSignal = keyof typeof exitCodes;
const stopSignals = Object.keys(exitCodes) as StopSignal[];

/** The part of `process` that receives signals. */
export interface SignalledProcess {
  readonly pid: number;
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  kill(pid: number, signal: StopSignal): unknown;
}

/** A signal within this time, in ms, repeats the request: `timeout` signals a process and then the process's group. */
const sameRequestMs = 100;

/** What a person or the system has asked this process by signals. */
export interface StopRequest {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
  /**
   * Returns the exit code of a command that returned `code`. After a signal, a code other than 0 becomes that of the
   * signal: a service that ends in order has succeeded, and so has a command that was done already.
   */
  exitCode(code: number): number;
  /** Asks the command to end, as Ctrl+C does. */
  interrupt(): void;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP. The first one asks the command to end in order. The second has its default
 * action: it ends the process at once. The own signal of this program only asks.
 */
export function stopOnSignals(receiver: SignalledProcess, nowMs: () => number = () => performance.now()): StopRequest {
  const stop = new AbortController();
  let first: { readonly name: StopSignal; readonly atMs: number } | null = null;
  const listeners = stopSignals.map((name) => ({ name, listener: (): void => received(name) }));
  for (const { name, listener } of listeners) receiver.on(name, listener);
  return {
    signal: stop.signal,
    exitCode: (code) => (first === null || code === 0 ? code : exitCodes[first.name]),
    interrupt: () => received('SIGINT'),
  };

  function received(name: StopSignal): void {
    if (first === null) {
      first = { name, atMs: nowMs() };
      stop.abort();
    } else if (name !== ownStopSignal && nowMs() - first.atMs > sameRequestMs) {
      // Without a listener the signal has its default action.
      for (const { name: each, listener } of listeners) receiver.off(each, listener);
      receiver.kill(receiver.pid, name);
    }
  }
}
