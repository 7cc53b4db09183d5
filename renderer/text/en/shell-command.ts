import type { IpcOutput } from '../../../main/contract/ipc.ts';

type State = IpcOutput<'command.state'>;

export const shellCommand = {
  label: 'Shell command',
  hint: ({ state, path }: State): string =>
    ({
      installed: `ncp-scheduler is installed in ${path}.`,
      absent: `Installs ncp-scheduler in ${path}, so that you can run it in a terminal.`,
      stale: `${path} points to a program that has moved.`,
      foreign: `${path} belongs to another program and is left unchanged.`,
    })[state],
  actions: { installed: 'Remove', absent: 'Install', stale: 'Fix', foreign: 'Install' } satisfies Record<
    State['state'],
    string
  >,
  notOnPath: 'Your shell does not search this folder yet. Run this once, then open a new terminal:',
};
