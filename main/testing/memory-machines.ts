import type { Envelope } from '../contract/errors.ts';
import { ipcEvents, type Bridge, type IpcCall, type IpcEvent } from '../contract/ipc.ts';
import type { Greeting } from '../contract/line-protocol.ts';
import type { MachineTest } from '../contract/machines.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { LinkState, MachineAccess, MachineLink, MachineLinkListener } from '../ports/machine-link.ts';

const facts = { name: 'server', user: 'kim', platform: 'linux', timezone: 'UTC' };
const greeting: Greeting = { contract: 'ours', version: '1.2.3', machine: facts };
const tested: MachineTest = { version: '1.2.3', sameContract: true, machine: facts, tookMs: 850 };

/** Other machines in memory: hosts, with the bridge of a window behind each. */
export interface MemoryMachines extends MachineAccess {
  /** Makes a host reachable. */
  add(host: string, bridge: Bridge): void;
  /** Ends the connections to a host, as a cable does; it cannot be reached until `restore`. Calls that wait are answered. */
  cut(host: string): void;
  /** Makes a host reachable again. It is connected at the next attempt. */
  restore(host: string): void;
  /** Calls that were made on all hosts. */
  readonly calls: { readonly host: string; readonly name: IpcCall }[];
}

/** @param retryMs time until the next attempt */
export function memoryMachines(clock: Clock, retryMs = 1000): MemoryMachines {
  const hosts = new Map<string, { readonly bridge: Bridge; isCut: boolean }>();
  const links = new Set<MemoryLink>();
  const calls: MemoryMachines['calls'] = [];
  return {
    calls,
    add: (host, bridge) => void hosts.set(host, { bridge, isCut: false }),
    cut: (host) => {
      const known = hosts.get(host);
      if (known) known.isCut = true;
      for (const link of links) if (link.host === host) link.lose();
    },
    restore: (host) => {
      const known = hosts.get(host);
      if (known) known.isCut = false;
    },
    aliases: () => ['web', 'nas'],
    test: ({ host }) => {
      const known = hosts.get(host);
      return known === undefined || known.isCut ? Promise.reject(unreachable(host)) : Promise.resolve(tested);
    },
    link: ({ host }, listener) => {
      const bridge = () => {
        const known = hosts.get(host);
        return known === undefined || known.isCut ? null : known.bridge;
      };
      const note = (name: IpcCall): void => void calls.push({ host, name });
      const link = new MemoryLink({ host, bridge, listener, clock, retryMs, note });
      links.add(link);
      return link;
    },
  };
}

const unreachable = (host: string) => new SchedulerError('machine/unreachable', `${host} does not answer.`, { host });
const lost = (host: string) => new SchedulerError('machine/connection-lost', `The connection to ${host} was lost.`);

interface MemoryLinkNeeds {
  readonly host: string;
  readonly bridge: () => Bridge | null;
  readonly listener: MachineLinkListener;
  readonly clock: Clock;
  readonly retryMs: number;
  readonly note: (name: IpcCall) => void;
}

class MemoryLink implements MachineLink {
  readonly host: string;
  readonly #needs: MemoryLinkNeeds;
  readonly #waiting = new Set<(envelope: Envelope<never>) => void>();
  #state: LinkState = { state: 'connecting' };
  #stops: (() => void)[] = [];
  #cancelWait = (): void => undefined;
  #closed = false;

  constructor(needs: MemoryLinkNeeds) {
    this.host = needs.host;
    this.#needs = needs;
    this.#cancelWait = needs.clock.setTimer(() => this.#connect(), 1);
  }

  get state(): LinkState {
    return this.#state;
  }

  readonly call: MachineLink['call'] = async (name, input) => {
    const bridge = this.#state.state === 'connected' ? this.#needs.bridge() : null;
    if (bridge === null)
      return failed(this.#state.state === 'unreachable' ? this.#state.problem : unreachable(this.host));
    this.#needs.note(name);
    return Promise.race([
      bridge.call(name, input),
      new Promise<Envelope<never>>((resolve) => this.#waiting.add(resolve)),
    ]);
  };

  retry(): void {
    if (this.#state.state !== 'unreachable') return;
    this.#cancelWait();
    this.#connect();
  }

  lose(): void {
    if (this.#state.state !== 'connected') return;
    for (const answer of this.#waiting) answer(failed(lost(this.host)));
    this.#fail(lost(this.host));
  }

  close(): void {
    this.#closed = true;
    this.#cancelWait();
    this.#deafen();
  }

  #connect(): void {
    const bridge = this.#needs.bridge();
    if (bridge === null) return this.#fail(unreachable(this.host));
    this.#stops = (Object.keys(ipcEvents) as IpcEvent[]).map((event) =>
      bridge.on(event, (payload) => this.#needs.listener.onEvent(event, payload)),
    );
    this.#become({ state: 'connected', greeting });
  }

  #fail(problem: SchedulerError): void {
    this.#deafen();
    if (this.#closed) return;
    const { clock, retryMs } = this.#needs;
    const since = this.#state.state === 'unreachable' ? this.#state.since : clock.nowIso();
    this.#cancelWait = clock.setTimer(() => this.#connect(), retryMs);
    this.#become({ state: 'unreachable', since, retryAt: new Date(clock.now() + retryMs).toISOString(), problem });
  }

  #deafen(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.#needs.listener.onState(state);
  }
}

const failed = ({ code, message, details }: SchedulerError) =>
  ({ ok: false, error: { code, message, details } }) as const;
