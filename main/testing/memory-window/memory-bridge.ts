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
 * A `Bridge` over the real handlers in this process. Inputs, answers and events cross as the real ones do, and each is
 * held to its schema of the contract.
 */
export class MemoryBridge implements Bridge {
  readonly calls: RecordedCall[] = [];
  readonly #handlers: IpcHandlers;
  readonly #listeners = new Map<IpcEvent, Set<(payload: never) => void>>();
  /** Calls that fail from now on, whatever their handler says. */
  readonly #broken = new Map<IpcCall, SchedulerError>();

  constructor(handlers: IpcHandlers) {
    this.#handlers = handlers;
  }

  /** Rejects where a handler fails in a way that no person could be told of: a mistake of ours. */
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

  /** Sends an event to everybody who listens. */
  emit<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void {
    ipcEvents[name].parse(payload);
    for (const listener of this.#listeners.get(name) ?? []) listener(asSent(payload) as never);
  }

  /** Makes a call fail until `mend`. */
  breakCall(name: IpcCall, error: SchedulerError): void {
    this.#broken.set(name, error);
  }

  mend(name: IpcCall): void {
    this.#broken.delete(name);
  }
}

/** What arrives of a value: answers and events cross as JSON. */
function asSent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
