import type { IpcOutput } from '../../main/contract/ipc.ts';
import type { Call } from '../bridge/client.ts';
import type { Stores } from '../stores/stores.ts';
import { attempt } from './attempt.ts';

export type ShellCommandState = IpcOutput<'command.state'>;

/** Each command returns null if it failed, which a toast shows. */
export function createShellCommandCommands(call: Call, { toasts }: Stores) {
  return {
    state: () => attempt(toasts, () => call('command.state', {})),
    install: () => attempt(toasts, () => call('command.install', {})),
    remove: () => attempt(toasts, () => call('command.remove', {})),
  };
}
