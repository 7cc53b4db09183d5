import type { NavigationTarget } from '../main/contract/control.ts';
import type { Bridge } from '../main/contract/ipc.ts';
import type { Machine, MachineStatus, MachineTest } from '../main/contract/machines.ts';
import { BridgeError, sentenceOf } from './bridge/bridge-error.ts';
import { createCall, type Call } from './bridge/client.ts';
import { machineBridge } from './bridge/machine-bridge.ts';
import { attempt } from './commands/attempt.ts';
import type { Session } from './session.ts';
import { createMachinesStore, machineNamed, type MachinesStore } from './stores/machines/machines-store.ts';
import { parseRoute, routeHash } from './stores/route.ts';
import { showToast, type ToastStore } from './stores/toast-store.ts';

/** Where the window keeps which machine and view it shows, so that back, forward and reload work. */
export interface WindowAddress {
  read(): { readonly machine: string | null; readonly hash: string };
  /** Adds an entry to the history of the window. */
  push(machine: string | null, hash: string): void;
  onTravel(listener: () => void): () => void;
}

/** The machines that one window can show, with a session for each: views, stores and drafts of one do not touch another. */
export interface Fleet {
  readonly machines: MachinesStore;
  /** @param machine null for this machine */
  sessionOf(machine: string | null): Session;
  /** Binds the window to a machine, and opens a view there. @param target default: where the person left off */
  show(machine: string | null, target?: NavigationTarget): void;
  /** Connects to a machine, or to all; at once where one waits for its next attempt. */
  connect(machine?: string): Promise<void>;
  /** Reads the machines and the suggestions again. */
  load(): Promise<void>;
  /** Signs in once. Returns who answers, or what is wrong as a sentence. */
  test(machine: Machine): Promise<MachineTest | string>;
  /** Follows the machines. Returns the function that stops it. */
  subscribe(): () => void;
}

type OpenSession = (bridge: Bridge, machine: string | null, fleet: Fleet) => Session;

/** @param open creates the session over a bridge; its name is null for this machine */
export function createFleet(bridge: Bridge, address: WindowAddress, open: OpenSession): Fleet {
  return new WindowFleet(bridge, address, open);
}

class WindowFleet implements Fleet {
  readonly machines: MachinesStore;
  readonly #bridge: Bridge;
  readonly #call: Call;
  readonly #address: WindowAddress;
  readonly #open: OpenSession;
  readonly #sessions = new Map<string | null, Session>();

  constructor(bridge: Bridge, address: WindowAddress, open: OpenSession) {
    this.#bridge = bridge;
    this.#call = createCall(bridge);
    this.#address = address;
    this.#open = open;
    this.machines = createMachinesStore(address.read().machine);
  }

  sessionOf(machine: string | null): Session {
    const known = this.#sessions.get(machine);
    if (known !== undefined) return known;
    const linkNow = () => machineNamed(this.machines.getState().machines, machine)?.link ?? null;
    const bridge = machine === null ? this.#bridge : machineBridge(this.#bridge, machine, linkNow);
    const session = this.#open(bridge, machine, this);
    this.#sessions.set(machine, session);
    return session;
  }

  show(machine: string | null, target?: NavigationTarget): void {
    const { stores, commands } = this.sessionOf(machine);
    if (machine !== this.#shown) {
      this.#address.push(machine, routeHash(stores.navigation.getState().route));
      this.#bind(machine);
    }
    if (target !== undefined) commands.navigation.follow(target);
  }

  async connect(machine?: string): Promise<void> {
    await attempt(this.#toasts, () => this.#call('machines.connect', machine === undefined ? {} : { machine }));
  }

  async load(): Promise<void> {
    try {
      const { machines, suggestions } = await this.#call('machines.list', {});
      this.machines.setState({ suggestions });
      this.#take(machines);
    } catch (thrown) {
      // Only the app reaches other machines. A window in a browser has none.
      if (thrown instanceof BridgeError && thrown.code === 'desktop/not-available') return this.#take([]);
      showToast(this.#toasts, { tone: 'error', message: sentenceOf(thrown) });
    }
  }

  test(machine: Machine): Promise<MachineTest | string> {
    return this.#call('machines.test', { machine }).catch((thrown: unknown) => sentenceOf(thrown));
  }

  subscribe(): () => void {
    const stops = [
      this.#bridge.on('machines.changed', ({ machines }) => this.#take(machines)),
      this.#bridge.on('navigate', (target) => this.#navigate(target)),
      this.#bridge.on('refused', ({ message }) => {
        if (this.#shown !== null) showToast(this.#toasts, { tone: 'error', message });
      }),
      this.#address.onTravel(() => this.#travel()),
    ];
    if (this.#shown !== null) this.#bind(this.#shown);
    void this.load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  get #shown(): string | null {
    return this.machines.getState().shown;
  }

  get #toasts(): ToastStore {
    return this.sessionOf(this.#shown).stores.toasts;
  }

  #bind(shown: string | null): void {
    this.machines.setState({ shown });
    void attempt(this.#toasts, () => this.#call('machines.show', { machine: shown }));
  }

  #navigate(target: NavigationTarget): void {
    const machine = ('machine' in target ? target.machine : undefined) ?? null;
    if (machine !== null) this.show(machine, target);
    // The session of this machine follows the target itself.
    else if (this.#shown !== null) this.show(null);
  }

  #travel(): void {
    const { machine, hash } = this.#address.read();
    if (machine === this.#shown) return;
    this.sessionOf(machine).stores.navigation.setState({ route: parseRoute(hash) });
    this.#bind(machine);
  }

  #take(machines: readonly MachineStatus[]): void {
    this.machines.setState({ machines });
    const isGone = (name: string | null): boolean => name !== null && machineNamed(machines, name) === null;
    if (isGone(this.#shown)) this.show(null);
    for (const name of this.#sessions.keys()) if (isGone(name)) this.#sessions.delete(name);
  }
}
