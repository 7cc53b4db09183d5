import type { Application } from '../../../main/application/application.ts';
import type { Bridge, IpcEvent, IpcEventPayload } from '../../../main/contract/ipc.ts';
import { WindowEvents } from '../../../main/ipc/events.ts';
import type { Host } from '../../../main/ipc/host.ts';
import type { CallPlace } from '../../../main/testing/call-examples.ts';

/** A window that is connected to an application by one of the bindings. */
interface BoundWindow {
  /** The bridge that the window uses over this binding. */
  readonly bridge: Bridge;
  close(): Promise<void>;
}

/** A way in which a window reaches the application. */
export interface Binding {
  readonly name: string;
  /** Connects a window to the application of the place. */
  open(place: CallPlace): Promise<BoundWindow>;
}

/** Sends the changes of an application to a host, as the program around a window does. Returns the function that stops it. */
export async function sendChanges(
  application: Application,
  host: Pick<Host, 'desktopState' | 'send'>,
): Promise<() => void> {
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const snapshots = await application.snapshots();
  return application.follow(new WindowEvents({ clock: application.clock, logger, snapshots, host }));
}

/** The listeners of a bridge. */
export class Listeners {
  readonly #listeners = new Map<string, Set<(payload: never) => void>>();

  readonly on = <E extends IpcEvent>(name: E, listener: (payload: IpcEventPayload<E>) => void): (() => void) => {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  };

  readonly tell = (name: string, payload: unknown): void => {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  };
}
