import {
  ipcCalls,
  ipcEvents,
  type Bridge,
  type IpcCall,
  type IpcEvent,
  type IpcEventPayload,
  type IpcInput,
  type IpcOutput,
} from '../../contract/ipc.ts';
import type { Envelope } from '../../contract/errors.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { answerCall } from '../../ipc/answer.ts';
import { failureEnvelope } from '../../ipc/envelope.ts';
import type { IpcHandlers } from '../../ipc/handlers.ts';

export interface RecordedCall {
  readonly name: IpcCall;
  readonly input: unknown;
}

/**
 * A `Bridge` to the real handlers in this process. Serialises inputs, answers and events like the real bridge, and
 * checks each against the contract.
 */
export class MemoryBridge implements Bridge {
  readonly calls: RecordedCall[] = [];
  readonly #handlers: IpcHandlers;
  readonly #listeners = new Map<IpcEvent, Set<(payload: never) => void>>();
  /** Calls that fail without reaching their handler, with their errors. */
  readonly #broken = new Map<IpcCall, SchedulerError>();

  constructor(handlers: IpcHandlers) {
    this.#handlers = handlers;
  }

  /** Rejects if a handler throws anything but a `SchedulerError`, which would be a bug. */
  readonly call = async <C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>> => {
    this.calls.push({ name, input });
    const broken = this.#broken.get(name);
    if (broken !== undefined) return failureEnvelope(broken);
    const unexpected: unknown[] = [];
    const envelope = await answerCall(this.#handlers, name, structuredClone(input), (_call, problem) => {
      if (!(problem instanceof SchedulerError)) unexpected.push(problem);
    });
    if (unexpected.length > 0) throw unexpected[0];
    if (envelope.ok) ipcCalls[name].output.parse(envelope.value);
    return asSent(envelope);
  };

  readonly on = <E extends IpcEvent>(name: E, listener: (payload: IpcEventPayload<E>) => void): (() => void) => {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  };

  /** Sends an event to all listeners. */
  emit<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void {
    ipcEvents[name].parse(payload);
    for (const listener of this.#listeners.get(name) ?? []) listener(asSent(payload) as never);
  }

  /** Makes a call fail until `restoreCall` is called. */
  breakCall(name: IpcCall, error: SchedulerError): void {
    this.#broken.set(name, error);
  }

  restoreCall(name: IpcCall): void {
    this.#broken.delete(name);
  }
}

/** Returns a value as the receiver gets it: answers and events are sent as JSON. */
function asSent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
