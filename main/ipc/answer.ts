import { ipcCalls, type IpcCall, type IpcOutput, type IpcParsedInput } from '../contract/ipc.ts';
import type { Envelope } from '../contract/errors.ts';
import { failureEnvelope, invalidInput } from './envelope.ts';
import type { IpcHandlers } from './handlers.ts';

/**
 * Checks the input of a call against the contract, calls the handler, and returns its result or error in an envelope.
 * @param report called with every error of the handler
 */
export async function answerCall<C extends IpcCall>(
  handlers: IpcHandlers,
  name: C,
  input: unknown,
  report: (call: IpcCall, problem: unknown) => void,
): Promise<Envelope<IpcOutput<C>>> {
  const parsed = ipcCalls[name].input.safeParse(input);
  if (!parsed.success) return invalidInput(name, parsed.error);
  try {
    return { ok: true, value: await handlers[name](parsed.data as IpcParsedInput<C>) };
  } catch (problem) {
    report(name, problem);
    return failureEnvelope(problem);
  }
}
