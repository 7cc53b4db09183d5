import type { Client } from 'pg';
import type { Clock } from '../../ports/clock.ts';

/** How often listeners are called without a change, in ms: notifications do not pass every pooler. */
const pollMs = 60_000;
/** Notifications that come together call the listeners once, after this time in ms. */
const gatherMs = 20;
/** Waits before the first and each later attempt to connect, in ms: doubled each time. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

export interface WatchNeeds {
  readonly clock: Clock;
  /** Returns a number in [0, 1), which keeps the members from connecting all at once after the database was away. */
  readonly random: () => number;
  /** Returns a client that is not connected yet. */
  readonly client: () => Promise<Pick<Client, 'connect' | 'query' | 'on' | 'end'>>;
}

/** Calls listeners when something changed in the fleet. Holds a connection while there are listeners. */
export class ChangeWatch {
  readonly #needs: WatchNeeds;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | null = null;

  constructor(needs: WatchNeeds) {
    this.#needs = needs;
  }

  add(listener: () => void): () => void {
    // A new function, so that the same listener can be added twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    this.#stop ??= listen(this.#needs, () => this.#call());
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#stop?.();
    this.#stop = null;
  }

  #call(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Calls `changed` at each notification, each new connection and each minute, until the returned function is called. */
function listen({ clock, random, client: newClient }: WatchNeeds, changed: () => void): () => void {
  let isStopped = false;
  let waitMs = firstWaitMs;
  let end: () => void = () => undefined;
  let cancelPoll: () => void;
  let cancelGather: (() => void) | null = null;
  let cancelWait: () => void = () => undefined;

  const poll = (): void => {
    cancelPoll = clock.setTimer(() => {
      poll();
      changed();
    }, pollMs);
  };
  const gather = (): void => {
    cancelGather ??= clock.setTimer(() => {
      cancelGather = null;
      changed();
    }, gatherMs);
  };
  const again = (): void => {
    if (isStopped) return;
    cancelWait = clock.setTimer(() => void connect(), waitMs * (0.5 + random() / 2));
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };
  const connect = async (): Promise<void> => {
    const opened = await opening(newClient, { onNotification: gather, onEnd: again });
    if (opened === null) return;
    if (isStopped) return opened();
    end = opened;
    waitMs = firstWaitMs;
    // What changed while nobody listened.
    gather();
  };

  poll();
  void connect();
  return () => {
    isStopped = true;
    for (const cancel of [cancelPoll, cancelGather, cancelWait, end]) cancel?.();
  };
}

interface ListeningEvents {
  readonly onNotification: () => void;
  /** Called once, when the connection could not be opened or has ended. */
  readonly onEnd: () => void;
}

/** Opens a connection that listens. Returns the function that closes it; null if it could not be opened. */
async function opening(newClient: WatchNeeds['client'], events: ListeningEvents): Promise<(() => void) | null> {
  let client: Awaited<ReturnType<WatchNeeds['client']>> | null = null;
  let hasEnded = false;
  const ended = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    // A connection that broke cannot be ended in order; nobody waits for it.
    client?.end().catch(() => undefined);
    events.onEnd();
  };
  try {
    client = await newClient();
    client.on('error', ended);
    client.on('end', ended);
    client.on('notification', events.onNotification);
    await client.connect();
    await client.query('listen ncp');
    return hasEnded ? null : () => ended();
  } catch {
    // The database is away, which the calls of others say. The watch tries again.
    ended();
    return null;
  }
}
