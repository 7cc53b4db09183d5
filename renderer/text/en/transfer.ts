import type { ImportKind } from '../../../main/contract/transfer.ts';

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

const yourCrontab = 'Your crontab';
const ofAgents = 'Schedules of AI agents';

export const transfer = {
  title: 'Export and import',
  exportLabel: 'Export everything',
  exportHint: 'Saves tasks, groups, run counts and settings to one file, without passwords and tokens.',
  exportButton: 'Export…',
  exported: (tasks: number, file: string, secrets: number) =>
    `Exported ${counted(tasks, 'task', 'tasks')} to ${file}.${secrets === 0 ? '' : ` ${counted(secrets, 'password or token was', 'passwords and tokens were')} left out.`}`,
  importLabel: 'Import tasks',
  importHint:
    'From an export, a crontab, a systemd timer, a launchd agent or a Task Scheduler task. You review every change first.',
  importButton: 'Import…',
  installedLabel: 'Import from this computer',
  installedHint:
    'Tasks of other schedulers and MCP servers of other programs. You review every change first. The originals stay as they are, unless you choose to move them.',
  installed: {
    crontab: yourCrontab,
    systemd: 'systemd user timers',
    launchd: 'launchd agents',
    windows: 'Task Scheduler',
    agents: ofAgents,
    'mcp-servers': 'MCP servers of Claude Desktop and ncp',
  } satisfies Record<Exclude<ImportKind, 'ncp-scheduler'>, string>,
  dialogTitle: (name: string) =>
    `Import ${name === yourCrontab ? 'your crontab' : name === ofAgents ? 'schedules of AI agents' : name}`,
  nothing: 'This file contains nothing to import.',
  actions: { add: 'Add', replace: 'Replace', skip: 'Skip', refused: 'Cannot be imported' },
  decision: (name: string) => `Action for ${name}`,
  paused: 'paused',
  keepActive: 'Keep active tasks active',
  keepActiveHint:
    'This file comes from another machine, or was changed since it was exported. Its tasks are paused until you have checked them.',
  settings: 'Settings',
  changesFields: (fields: readonly string[]) => `Changes ${fields.join(', ')}.`,
  apply: (count: number, onlyTasks: boolean) => {
    if (count === 0) return 'Nothing to import';
    return `Import ${onlyTasks ? counted(count, 'task', 'tasks') : counted(count, 'change', 'changes')}`;
  },
  done: (added: number, replaced: number, paused: number) => {
    const parts = [added > 0 ? `${added} added` : '', replaced > 0 ? `${replaced} replaced` : ''].filter(Boolean);
    if (parts.length === 0) return 'Nothing changed.';
    const imported = `${parts.join(', ')}.`;
    if (paused === 0) return imported;
    return `${imported} ${counted(paused, 'task is', 'tasks are')} paused until you resume ${paused === 1 ? 'it' : 'them'}.`;
  },
  resumeAll: 'Resume all',
  resumed: (count: number) => `${counted(count, 'task', 'tasks')} resumed.`,
} as const;
