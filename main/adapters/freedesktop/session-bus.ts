import type { EventEmitter } from 'node:events';
import { Message, sessionBus, Variant, type MessageBus } from '@jellybrick/dbus-next';
import { SchedulerError, messageOf } from '../../domain/errors.ts';

const daemon = 'org.freedesktop.DBus';
const daemonPath = '/org/freedesktop/DBus';
const properties = 'org.freedesktop.DBus.Properties';
/** Timeout of a call: a service that takes longer is assumed to hang. */
const answerMs = 10_000;

/** The address of a call: a service, one of its objects, and an interface of that object. */
export interface BusObject {
  readonly name: string;
  readonly path: string;
  readonly interface: string;
}

export interface BusSignal {
  readonly member: string;
  readonly body: readonly unknown[];
}

/** The person's D-Bus session bus. */
export class SessionBus {
  readonly #bus: MessageBus;
  #closed: (() => void) | null = null;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  /** @throws SchedulerError `desktop/no-session-bus` if the session has no bus or the bus does not respond. */
  static async connect(address: string | undefined): Promise<SessionBus> {
    if (address === undefined || address === '') throw noBus('DBUS_SESSION_BUS_ADDRESS is not set');
    try {
      const connection = sessionBus({ busAddress: address });
      const connected = new SessionBus(connection);
      await new Promise<void>((resolve, reject) => {
        connection.once('connect', () => resolve());
        // Never removed: an `error` event without a listener would end the app.
        (connection as EventEmitter).on('error', (problem: unknown) => {
          connected.#closed?.();
          reject(problem instanceof Error ? problem : new Error(String(problem)));
        });
      });
      return connected;
    } catch (problem) {
      throw noBus(messageOf(problem));
    }
  }

  onClosed(listener: () => void): void {
    this.#closed = listener;
  }

  /** Rejects with the error of the service, or after 10 s without an answer. */
  async call(object: BusObject, member: string, signature = '', body: unknown[] = []): Promise<readonly unknown[]> {
    const { name, path, interface: iface } = object;
    const call = this.#bus.call(
      new Message({ destination: name, path, interface: iface, member, signature, body: body }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${name} did not answer ${member} within ${answerMs} ms`)), answerMs);
    });
    try {
      return (await Promise.race([call, late]))?.body ?? [];
    } finally {
      clearTimeout(timer);
    }
  }

  /** Returns the value of a property; null if the object has no such property. */
  async property(object: BusObject, name: string): Promise<unknown> {
    try {
      const [value] = await this.call({ ...object, interface: properties }, 'Get', 'ss', [object.interface, name]);
      return value instanceof Variant ? value.value : null;
    } catch {
      return null; // A service without the property answers with an error that carries no other information.
    }
  }

  /** Calls `listener` for each signal of this interface and path, from any sender. */
  async onSignal({ path, interface: iface }: Omit<BusObject, 'name'>, listener: (signal: BusSignal) => void) {
    this.#bus.on('message', (message: Message) => {
      if (message.path !== path || message.interface !== iface || message.member === undefined) return;
      listener({ member: String(message.member), body: message.body });
    });
    await this.#daemon('AddMatch', 's', [`type='signal',interface='${iface}',path='${path}'`]);
  }

  /** Calls `listener` when the owner of a well-known name changes, with null when the name has no owner. */
  async onOwner(name: string, listener: (owner: string | null) => void): Promise<void> {
    await this.#daemon('AddMatch', 's', [
      `type='signal',sender='${daemon}',interface='${daemon}',member='NameOwnerChanged',arg0='${name}'`,
    ]);
    this.#bus.on('message', (message: Message) => {
      if (message.interface !== daemon || message.member !== 'NameOwnerChanged' || message.body[0] !== name) return;
      listener(String(message.body[2]) || null);
    });
  }

  /** Returns the unique name that owns a well-known name; null if there is no owner. */
  async owner(name: string): Promise<string | null> {
    try {
      return String((await this.#daemon('GetNameOwner', 's', [name]))[0]);
    } catch {
      return null; // `NameHasNoOwner`
    }
  }

  /** Returns whether the bus can start a service of this name on demand. */
  async canStart(name: string): Promise<boolean> {
    const [names] = await this.#daemon('ListActivatableNames');
    return Array.isArray(names) && names.includes(name);
  }

  /** The id of this bus, different for every session. */
  async id(): Promise<string> {
    return String((await this.#daemon('GetId'))[0]);
  }

  close(): void {
    this.#bus.disconnect();
  }

  #daemon(member: string, signature = '', body: unknown[] = []): Promise<readonly unknown[]> {
    return this.call({ name: daemon, path: daemonPath, interface: daemon }, member, signature, body);
  }
}

function noBus(reason: string): SchedulerError {
  return new SchedulerError('desktop/no-session-bus', `There is no D-Bus session bus: ${reason}.`);
}
