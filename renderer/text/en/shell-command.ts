import type { IpcOutput } from '../../../main/contract/ipc.ts';

type State = IpcOutput<'command.state'>;

export const shellCommand = {
  label: 'Command for shells',
  hint: ({ state, path }: State): string =>
    ({
      installed: `ncp-scheduler lies in ${path}.`,
      absent: `Puts ncp-scheduler into ${path}, so that it can be typed in a terminal.`,
      stale: `${path} calls a program that has moved.`,
      foreign: `${path} is not ours, and is left as it is.`,
    })[state],
  actions: { installed: 'Remove', absent: 'Put it there', stale: 'Mend', foreign: 'Put it there' } satisfies Record<
    State['state'],
    string
  >,
  notOnPath: 'Your shell does not look there yet. Type this once, and open a new terminal:',
};
