import { ipcCalls, ipcEvents } from '../../contract/ipc.ts';
import type {
  Bridge,
  IpcCall,
  IpcEvent,
  IpcEventPayload,
  IpcInput,
  IpcOutput,
  IpcParsedInput,
} from '../../contract/ipc.ts';
import type { Envelope } from '../../contract/errors.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';

export type FakeHandlers = {
  [C in IpcCall]: (input: IpcParsedInput<C>) => IpcOutput<C> | Promise<IpcOutput<C>>;
};

export interface RecordedCall {
  name: IpcCall;
  input: unknown;
}

/**
 * A `Bridge` over handlers in this process. Every input, answer and event goes through the contract's own schemas, so
 * that it cannot say what the real one could not.
 */
export class FakeBridge implements Bridge {
  readonly calls: RecordedCall[] = [];
  readonly #handlers: FakeHandlers;
  readonly #listeners = new Map<IpcEvent, Set<(payload: never) => void>>();
  /** Calls that fail from now on, whatever their handler says. */
  readonly #broken = new Map<IpcCall, SchedulerError>();

  constructor(handlers: FakeHandlers) {
    this.#handlers = handlers;
  }

  readonly call = async <C extends IpcCall>(name: C, input: IpcInput<C>): Promise<Envelope<IpcOutput<C>>> => {
    this.calls.push({ name, input });
    try {
      const broken = this.#broken.get(name);
      if (broken) throw broken;
      const answer: unknown = await this.#handle(name, input);
      return { ok: true, value: structuredClone(answer) as IpcOutput<C> };
    } catch (thrown) {
      if (!(thrown instanceof SchedulerError)) throw thrown;
      return { ok: false, error: { code: thrown.code, message: thrown.message, details: { ...thrown.details } } };
    }
  };

  readonly on = <E extends IpcEvent>(name: E, listener: (payload: IpcEventPayload<E>) => void): (() => void) => {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  };

  emit<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void {
    const checked: unknown = structuredClone(ipcEvents[name].parse(payload));
    for (const listener of this.#listeners.get(name) ?? []) listener(checked as never);
  }

  /** Makes a call fail until `mend`. */
  breakCall(name: IpcCall, error: SchedulerError): void {
    this.#broken.set(name, error);
  }

  mend(name: IpcCall): void {
    this.#broken.delete(name);
  }

  async #handle<C extends IpcCall>(name: C, input: IpcInput<C>): Promise<unknown> {
    const { input: inputSchema, output } = ipcCalls[name];
    const parsed = inputSchema.safeParse(structuredClone(input));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new SchedulerError('usage/invalid-input', issue?.message ?? messageOf(parsed.error), {
        field: issue?.path.join('.') ?? '',
      });
    }
    return output.parse(await this.#handlers[name](parsed.data as IpcParsedInput<C>));
  }
}
