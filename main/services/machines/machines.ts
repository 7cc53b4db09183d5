import { callEffects } from '../../contract/call-effects.ts';
import { ipcCalls, type IpcCall } from '../../contract/ipc.ts';
import type { Machine, MachineStatus, MachineTest } from '../../contract/machines.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MachineAccess } from '../../ports/machine-link.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { MachineNews } from './known-machine.ts';
import { MachineConnection } from './machine-connection.ts';

/** Changes within this time, in ms, are sent as one. */
const gatherMs = 100;

export interface MachinesNeeds {
  readonly settings: Pick<SettingsStore, 'read' | 'watch'>;
  readonly clock: Clock;
  readonly access: MachineAccess;
}

export interface MachinesListener {
  changed(machines: MachineStatus[]): void;
  /** An event of the machine that `show` named last. */
  event(machine: string, event: string, payload: unknown): void;
}

/** The other machines of the settings: connects to them when it is asked to, and makes the calls of the window there. */
export class Machines {
  readonly #needs: MachinesNeeds;
  readonly #connections = new Map<string, MachineConnection>();
  readonly #listeners = new Set<MachinesListener>();
  readonly #newsListeners = new Set<(news: MachineNews) => void>();
  readonly #unwatch: () => void;
  #shown: string | null = null;
  #gathering = false;

  constructor(needs: MachinesNeeds) {
    this.#needs = needs;
    this.#unwatch = needs.settings.watch(() => this.#settingsChanged());
  }

  list(): MachineStatus[] {
    return Object.entries(this.#configured()).map(([name, { host, colour, notify }]) => ({
      ...{ name, host, colour: colour ?? null, notify: notify ?? false },
      ...(this.#connections.get(name)?.status() ?? { link: 'idle', trouble: null, facts: null }),
    }));
  }

  /** Returns the hosts of ~/.ssh/config that no machine has. */
  suggestions(): string[] {
    const known = new Set(Object.entries(this.#configured()).flatMap(([name, { host }]) => [name, host]));
    return this.#needs.access.aliases().filter((alias) => !known.has(alias));
  }

  /** @throws SchedulerError `machine/…` */
  test(machine: Machine): Promise<MachineTest> {
    return this.#needs.access.test(machine);
  }

  /** Connects to a machine, or to all; at once where one waits for its next attempt. @throws SchedulerError `machine/not-found` */
  connect(name?: string): void {
    const names = name === undefined ? Object.keys(this.#configured()) : [name];
    for (const each of names) this.#connection(each).retry();
  }

  /** Sends the events of this machine to the listeners; null for none. */
  show(name: string | null): void {
    this.#shown = name;
    if (name !== null) this.#connection(name);
  }

  /**
   * Makes a call of the window on a machine, and returns its value.
   * @throws SchedulerError the error of the call there; `machine/…` without a connection; `machine/outcome-unknown` if the
   * connection was lost before a call that changes something was answered
   */
  async call(name: string, call: string, input: unknown): Promise<unknown> {
    if (!isCall(call))
      throw new SchedulerError('usage/unknown-call', `There is no call "${call.slice(0, 100)}".`, { call });
    const parsed = ipcCalls[call].input.safeParse(input);
    if (!parsed.success) {
      throw new SchedulerError('usage/invalid-input', `${call}: ${parsed.error.issues[0]?.message ?? 'invalid'}`, {
        call,
      });
    }
    const connection = this.#connection(name);
    const wasConnected = connection.state.state === 'connected';
    const answer = await connection.call(call, input);
    if (answer.ok) return answer.value;
    const { code, message, details } = answer.error;
    const isOpen = wasConnected && code === 'machine/connection-lost' && callEffects[call] !== 'reads';
    // The code is passed on as it is, also one of the group `internal`.
    throw isOpen ? outcomeUnknown(name, call) : new SchedulerError(code as SchedulerError['code'], message, details);
  }

  /** Calls the listener with every change, until the returned function is called. */
  follow(listener: MachinesListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Stays connected to the machines whose failures are shown here, and calls the listener with the runs that end there.
   * @returns a function that stops it
   */
  watchFailures(listener: (news: MachineNews) => void): () => void {
    this.#newsListeners.add(listener);
    this.#connectNotifying();
    return () => void this.#newsListeners.delete(listener);
  }

  /** Ends all connections. */
  close(): void {
    this.#unwatch();
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  #configured(): Readonly<Record<string, Machine>> {
    return this.#needs.settings.read().machines;
  }

  #connection(name: string): MachineConnection {
    const known = this.#connections.get(name);
    if (known !== undefined) return known;
    const machine = Object.hasOwn(this.#configured(), name) ? this.#configured()[name] : undefined;
    if (machine === undefined) throw noMachine(name);
    const connection = new MachineConnection(name, machine, this.#needs, {
      changed: () => this.#changed(),
      event: (event, payload) => {
        if (name === this.#shown) for (const listener of this.#listeners) listener.event(name, event, payload);
      },
      ended: (news) => {
        if (this.#configured()[name]?.notify === true) for (const tell of this.#newsListeners) tell(news);
      },
    });
    this.#connections.set(name, connection);
    this.#changed();
    return connection;
  }

  /** Ends connections to machines that were removed, or that another host, program or data directory took the place of. */
  #settingsChanged(): void {
    const configured = this.#configured();
    for (const [name, connection] of this.#connections) {
      if (reachedAlike(configured[name], connection.machine)) continue;
      connection.close();
      this.#connections.delete(name);
      if (configured[name] !== undefined) this.#connection(name);
    }
    if (this.#newsListeners.size > 0) this.#connectNotifying();
    this.#changed();
  }

  #connectNotifying(): void {
    for (const [name, { notify }] of Object.entries(this.#configured())) if (notify === true) this.#connection(name);
  }

  #changed(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#needs.clock.setTimer(() => {
      this.#gathering = false;
      const machines = this.list();
      for (const listener of this.#listeners) listener.changed(machines);
    }, gatherMs);
  }
}

/** Calls about machines are not passed on: a machine that is shown does not lead to a third. */
const isCall = (name: string): name is IpcCall => Object.hasOwn(ipcCalls, name) && !name.startsWith('machines.');

const reachedAlike = (one: Machine | undefined, other: Machine): boolean =>
  one !== undefined && one.host === other.host && one.program === other.program && one.dataDir === other.dataDir;

function noMachine(name: string): SchedulerError {
  return new SchedulerError('machine/not-found', `There is no machine ${JSON.stringify(name)} in the settings.`, {
    name,
  });
}

function outcomeUnknown(name: string, call: IpcCall): SchedulerError {
  const message = `The connection to ${name} was lost before it answered. The change may or may not have been made there: look before you try again.`;
  return new SchedulerError('machine/outcome-unknown', message, { machine: name, call });
}
