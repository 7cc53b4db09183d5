import { agentProgramTitles } from '../../../main/contract/agent-programs.ts';
import type { ShownAgentProgram } from '../../../main/contract/agent-programs.ts';

export const connectAgent = {
  button: 'Connect an agent…',
  title: 'Connect an agent',
  intro:
    'An agent can create, run and explain tasks over MCP. Until you decide otherwise, you approve each change before it counts.',
  program: 'Program',
  programs: agentProgramTitles,
  found: (program: string) => `${program} (on this machine)`,
  loading: 'Looking for programs…',
  runThis: (path: string) => `Run this in a terminal, or let the app change ${path}:`,
  runThisOnly: 'Run this in a terminal:',
  entryIn: (path: string) => `The entry is in ${path}.`,
  addThis: (path: string) => `Add this to ${path}:`,
  states: {
    connected: 'Connected: its file starts this installation.',
    off: 'Switched off: its file has this server, but does not use it.',
    absent: 'Not connected yet.',
    other: 'Its file has another server named “schedule”, perhaps of an installation that has moved.',
    unreadable: 'Its file cannot be changed safely.',
  } satisfies Record<ShownAgentProgram['state'], string>,
  copy: 'Copy',
  copied: 'Copied.',
  preview: 'Show the change…',
  change: (path: string) => `Change of ${path}`,
  newFile: (path: string) => `New file ${path}`,
  added: 'Added:',
  removed: 'Removed:',
  copyKept: 'A copy of the file is kept beside it.',
  write: 'Write it',
  written: (program: string, backup: string | null) =>
    `${program} is connected. Restart it to use the tools.${backup === null ? '' : ` The earlier file is ${backup}.`}`,
} as const;
