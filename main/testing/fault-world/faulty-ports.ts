import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { ProcessHost, WorkerExit, WorkerProcess } from '../../ports/process-host.ts';
import type { Faults } from './faults.ts';

const hourMs = 3_600_000;

/** The methods of a ledger that write. */
const writes = [
  ...['claim', 'claimAll', 'claimPast', 'decide', 'start', 'attachWorker', 'finish', 'setWait', 'endWait'],
  ...['audit', 'setMark', 'withWriteLock'],
] as const satisfies readonly (keyof Ledger)[];

/** Returns a ledger whose transactions can fail, before they begin, at their end (undone), or after it (kept). */
export function faultyLedger(ledger: Ledger, faults: Faults): Ledger {
  const faulty = Object.create(ledger) as Record<string, unknown>;
  for (const name of writes) {
    const write = ledger[name].bind(ledger) as (...args: readonly unknown[]) => unknown;
    faulty[name] = (...args: readonly unknown[]): unknown => {
      const way = faults.strike('ledger');
      if (way === null) return write(...args);
      if (way === 'half') ledger.withWriteLock(() => (write(...args), fail()));
      if (way === 'after') write(...args);
      return fail();
    };
  }
  return faulty as unknown as Ledger;
}

function fail(): never {
  throw new SchedulerError('store/ledger-unreadable', 'The ledger cannot be written: injected.');
}

/** Returns a clock of which single readings are an hour wrong, and timers late. */
export function faultyClock<C extends Clock>(clock: C, faults: Faults): C {
  const wrong = { before: -hourMs, half: 0, after: hourMs };
  const now = () => {
    const way = faults.strike('clock');
    return clock.now() + (way === null ? 0 : wrong[way]);
  };
  return Object.assign(Object.create(clock) as C, {
    now,
    nowIso: () => new Date(now()).toISOString(),
    setTimer: (callback: () => void, delayMs: number) =>
      clock.setTimer(callback, faults.strike('timer') === null ? delayMs : delayMs * 2 + 30_000),
  });
}

/** Returns a host that cannot start a worker (`before`), or whose worker never answers (`half`) or dies (`after`). */
export function faultyHost(host: ProcessHost, faults: Faults): ProcessHost {
  const start: ProcessHost['start'] = (options) => {
    const way = faults.strike('spawn');
    if (way === null) return host.start(options);
    if (way === 'before') throw new Error('EAGAIN: injected, spawn');
    return new BrokenWorker(way === 'after');
  };
  return Object.assign(Object.create(host) as ProcessHost, { start });
}

class BrokenWorker implements WorkerProcess {
  readonly pid = 999;
  readonly #dies: boolean;
  #exit: ((exit: WorkerExit) => void) | null = null;

  constructor(dies: boolean) {
    this.#dies = dies;
  }

  send(): void {
    if (this.#dies) queueMicrotask(() => this.kill());
  }

  onMessage(): void {
    // It says nothing.
  }

  onProtocolError(): void {
    // It says nothing.
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    this.#exit?.({ code: null, signal: 'SIGKILL', failure: null });
    this.#exit = null;
  }
}
