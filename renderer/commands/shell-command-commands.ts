import type { IpcOutput } from '../../main/contract/ipc.ts';
import type { Call } from '../bridge/client.ts';
import type { Stores } from '../stores/stores.ts';
import { attempt } from './attempt.ts';

export type ShellCommandState = IpcOutput<'command.state'>;

/** Each answers null where it failed, and that is told. */
export function createShellCommandCommands(call: Call, { notices }: Stores) {
  return {
    state: () => attempt(notices, () => call('command.state', {})),
    install: () => attempt(notices, () => call('command.install', {})),
    remove: () => attempt(notices, () => call('command.remove', {})),
  };
}
