/** What can fail. `disk`: a write, fsync or rename. `ledger`: a transaction. `spawn`: a worker. */
export type FaultPort = 'disk' | 'ledger' | 'spawn' | 'clock' | 'timer';

/**
 * How a call fails. `before`: nothing was done. `half`: a part was done, and undone where the real thing undoes it.
 * `after`: everything was done, and the answer was lost. A clock goes wrong by an hour, a timer is late.
 */
export type FaultWay = 'before' | 'half' | 'after';

export interface Fault {
  readonly port: FaultPort;
  readonly way: FaultWay;
  /** How many calls of the port succeed first. */
  readonly after: number;
}

/** Decides which calls fail. Each fault strikes once. */
export class Faults {
  #armed: { readonly fault: Fault; left: number }[] = [];
  #struck: FaultPort[] = [];

  arm(faults: readonly Fault[]): void {
    this.#armed = faults.map((fault) => ({ fault, left: fault.after }));
  }

  disarm(): void {
    this.#armed = [];
  }

  /** The ports that have failed so far. */
  get struck(): readonly FaultPort[] {
    return this.#struck;
  }

  /** Returns how this call of the port fails; null if it does not. */
  strike(port: FaultPort): FaultWay | null {
    const armed = this.#armed.filter(({ fault }) => fault.port === port);
    for (const each of armed) each.left -= 1;
    const due = armed.find(({ left }) => left < 0);
    if (due === undefined) return null;
    this.#armed = this.#armed.filter((each) => each !== due);
    this.#struck.push(port);
    return due.fault.way;
  }
}
