import type { Client, Notification } from 'pg';
import type { Clock } from '../../ports/clock.ts';
import type { LogListener } from '../../ports/fleet/fleet-database.ts';

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

interface Listener {
  readonly changed: () => void;
  readonly log: LogListener | undefined;
}

/** Calls listeners when something changed in the fleet. Holds a connection while there are listeners. */
export class ChangeWatch {
  readonly #needs: WatchNeeds;
  readonly #listeners = new Set<Listener>();
  #stop: (() => void) | null = null;

  constructor(needs: WatchNeeds) {
    this.#needs = needs;
  }

  add(changed: () => void, log?: LogListener): () => void {
    // A new object, so that the same listener can be added twice.
    const own = { changed, log };
    this.#listeners.add(own);
    this.#stop ??= listen(this.#needs, { changed: () => this.#call(), asked: (memberId) => this.#ask(memberId) });
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
    for (const { changed } of this.#listeners) changed();
  }

  #ask(memberId: string): void {
    for (const { log } of this.#listeners) if (log?.memberId === memberId) log.asked();
  }
}

/** Calls `changed` at each notification, each new connection and each minute, until the returned function is called. */
function listen(
  { clock, random, client: newClient }: WatchNeeds,
  { changed, asked }: { readonly changed: () => void; readonly asked: (memberId: string) => void },
): () => void {
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
    const onNotification = ({ channel, payload }: Notification): void =>
      channel === logChannel ? asked(payload ?? '') : gather();
    const opened = await opening(newClient, { onNotification, onEnd: again });
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

/** Its payload is the member that is asked for a log. */
const logChannel = 'ncp_log';

interface ListeningEvents {
  readonly onNotification: (notification: Notification) => void;
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
    await client.query(`listen ncp; listen ${logChannel}`);
    return hasEnded ? null : () => ended();
  } catch {
    // The database is away, which the calls of others say. The watch tries again.
    ended();
    return null;
  }
}
