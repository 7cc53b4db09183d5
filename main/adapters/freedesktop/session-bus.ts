import type { EventEmitter } from 'node:events';
import { Message, sessionBus, Variant, type MessageBus } from '@jellybrick/dbus-next';
import { SchedulerError, messageOf } from '../../domain/errors.ts';

const daemon = 'org.freedesktop.DBus';
const daemonPath = '/org/freedesktop/DBus';
const properties = 'org.freedesktop.DBus.Properties';
/** A call that takes longer than a person would wait is a call to a service that hangs. */
const answerMs = 10_000;

/** Where to call: a service, one of its objects, and an interface of that. */
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

  /** @throws SchedulerError `desktop/no-session-bus` where the session has none, or it does not answer. */
  static async connect(address: string | undefined): Promise<SessionBus> {
    if (address === undefined || address === '') throw noBus('DBUS_SESSION_BUS_ADDRESS is not set');
    try {
      const connection = sessionBus({ busAddress: address });
      const connected = new SessionBus(connection);
      await new Promise<void>((resolve, reject) => {
        connection.once('connect', () => resolve());
        // It stays: an error that nobody listens to would end the app.
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

  /** Rejects with what the service answered, and after 10 s without an answer. */
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

  /** The value of a property; null where the object has none of that name. */
  async property(object: BusObject, name: string): Promise<unknown> {
    try {
      const [value] = await this.call({ ...object, interface: properties }, 'Get', 'ss', [object.interface, name]);
      return value instanceof Variant ? value.value : null;
    } catch {
      return null; // The answer of a service without the property is an error; there is nothing else to learn from it.
    }
  }

  /** Calls `listener` at each signal of this interface and path, whoever sends it. */
  async onSignal({ path, interface: iface }: Omit<BusObject, 'name'>, listener: (signal: BusSignal) => void) {
    this.#bus.on('message', (message: Message) => {
      if (message.path !== path || message.interface !== iface || message.member === undefined) return;
      listener({ member: String(message.member), body: message.body });
    });
    await this.#daemon('AddMatch', 's', [`type='signal',interface='${iface}',path='${path}'`]);
  }

  /** Calls `listener` whenever the owner of a well-known name changes; null when it has none. */
  async onOwner(name: string, listener: (owner: string | null) => void): Promise<void> {
    await this.#daemon('AddMatch', 's', [
      `type='signal',sender='${daemon}',interface='${daemon}',member='NameOwnerChanged',arg0='${name}'`,
    ]);
    this.#bus.on('message', (message: Message) => {
      if (message.interface !== daemon || message.member !== 'NameOwnerChanged' || message.body[0] !== name) return;
      listener(String(message.body[2]) || null);
    });
  }

  /** The unique name behind a well-known one; null when nobody owns it. */
  async owner(name: string): Promise<string | null> {
    try {
      return String((await this.#daemon('GetNameOwner', 's', [name]))[0]);
    } catch {
      return null; // `NameHasNoOwner`
    }
  }

  /** Whether the bus would start a service of this name when it is called. */
  async canStart(name: string): Promise<boolean> {
    const [names] = await this.#daemon('ListActivatableNames');
    return Array.isArray(names) && names.includes(name);
  }

  /** Tells this bus from the one of another session. */
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
