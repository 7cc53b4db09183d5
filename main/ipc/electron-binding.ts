import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { callChannel } from '../contract/ipc-channels.ts';
import { ipcCalls, type IpcCall } from '../contract/ipc.ts';
import { answerCall } from './answer.ts';
import { failureEnvelope } from './envelope.ts';
import type { IpcHandlers } from './handlers.ts';

export interface BindingOptions {
  /** The page may load before the application: its calls then wait for it. */
  readonly handlers: Promise<IpcHandlers>;
  /** Returns whether a call comes from the main frame of one of the app's windows, showing one of the app's pages. */
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Called with every error of a handler, for the log. */
  readonly report: (call: IpcCall, problem: unknown) => void;
}

/** Binds the handlers to Electron's IPC, and checks the sender of every call. Returns a function that unbinds them. */
export function bindIpc({ handlers, isTrusted, report }: BindingOptions): () => void {
  const names = Object.keys(ipcCalls) as IpcCall[];
  for (const name of names) {
    ipcMain.handle(callChannel(name), async (event, input: unknown) =>
      JSON.stringify(
        isTrusted(event)
          ? await answerCall(await handlers, name, input, report)
          : failureEnvelope(new Error('This page may not call the scheduler.')),
      ),
    );
  }
  return () => {
    for (const name of names) ipcMain.removeHandler(callChannel(name));
  };
}
