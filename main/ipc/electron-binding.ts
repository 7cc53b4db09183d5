import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { callChannel } from '../contract/channels.ts';
import { ipcCalls, type IpcCall, type IpcOutput, type IpcParsedInput } from '../contract/ipc.ts';
import type { Envelope } from '../contract/errors.ts';
import { failureEnvelope, invalidInput, type IpcHandlers } from './envelope.ts';

export interface BindingOptions {
  readonly handlers: IpcHandlers;
  /** Whether this frame is the main frame of one of our own windows, showing our own pages. */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Failures that are no answer to the person but a fault of ours. */
  readonly report: (call: IpcCall, problem: unknown) => void;
}

/**
 * The one place where calls of the window come in: sender, input schema and result envelope of every call are handled
 * here. Returns the function that takes the handlers away.
 */
export function bindIpc({ handlers, isTrusted, report }: BindingOptions): () => void {
  const names = Object.keys(ipcCalls) as IpcCall[];
  const bind = <C extends IpcCall>(name: C): void => {
    const answer = async (event: IpcMainInvokeEvent, input: unknown): Promise<Envelope<IpcOutput<C>>> => {
      if (!isTrusted(event)) return failureEnvelope(new Error('This page may not call the scheduler.'));
      const parsed = ipcCalls[name].input.safeParse(input);
      if (!parsed.success) return invalidInput(name, parsed.error);
      try {
        return { ok: true, value: await handlers[name](parsed.data as IpcParsedInput<C>) };
      } catch (problem) {
        report(name, problem);
        return failureEnvelope(problem);
      }
    };
    ipcMain.handle(callChannel(name), async (event, input: unknown) => JSON.stringify(await answer(event, input)));
  };
  for (const name of names) bind(name);
  return () => {
    for (const name of names) ipcMain.removeHandler(callChannel(name));
  };
}
