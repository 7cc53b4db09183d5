import type { RestoreChange } from '../../../main/contract/backups.ts';
import type { Change } from '../../../main/contract/history.ts';

const authors: Readonly<Record<string, string>> = {
  window: 'You, in this window',
  cli: 'The command line',
  tray: 'You, in the tray',
  scheduler: 'The scheduler itself',
  file: 'Someone who edited the file',
  migration: 'Taken over from ncp',
};

const fields: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  schedule: 'Schedule',
  state: 'State',
  tool: 'Tool',
  parameters: 'What it does',
  workingDirectory: 'Folder',
  tags: 'Tags',
  fireOnce: 'Only once',
  maxExecutions: 'Most runs',
  endDate: 'End date',
  catchupMissed: 'Catch up',
  skipUntil: 'Skips until',
  'policies.overlap': 'Overlap',
  'policies.catchUp': 'Catch up',
  'policies.catchUpWindowMs': 'Catch-up window',
  'policies.retries': 'Retries',
  'policies.timeoutMs': 'Time-out',
  'policies.memoryMb': 'Memory limit',
  'policies.pauseAfterFailures': 'Pause after failures',
  'policies.jitterMs': 'Jitter',
  'policies.conditions': 'Conditions',
  'policies.after': 'Runs after',
};

const agent = (author: string): string | null => /^mcp:([^@]+)/.exec(author)?.[1] ?? null;

export const history = {
  menu: 'History…',
  title: (name: string) => `History of ${name}`,
  undone: 'Undone.',
  undoes: 'Undo',
  empty: 'Nothing was recorded yet',
  emptyHint: 'Changes made before this version kept no record.',
  unreadable: 'The history cannot be read',
  kinds: { created: 'Created', changed: 'Changed', deleted: 'Deleted' } satisfies Record<Change['kind'], string>,
  author: (author: string) => authors[author] ?? (agent(author) === null ? author : `Agent: ${agent(author) ?? ''}`),
  field: (field: string) => fields[field] ?? field.replace(/^(policies|env)\./, ''),
  none: 'none',
  before: 'before',
  after: 'after',
} as const;

export const backups = {
  open: 'Backups…',
  title: 'Backups of your tasks',
  hint: 'The last five saved states. What is there now is kept beside them when you restore one, and restoring can be undone.',
  restore: 'Restore',
  restored: 'The backup is back.',
  unreadable: 'This backup cannot be read.',
  same: 'No task differs from what was saved last.',
  tasks: (count: number) => (count === 1 ? '1 task' : `${count} tasks`),
  empty: 'There is no backup yet',
  emptyHint: 'One is made whenever your tasks are saved.',
  change: ({ kind, differences }: RestoreChange, field: (field: string) => string) => {
    if (kind === 'created') return 'comes back';
    if (kind === 'deleted') return 'goes';
    return `changes: ${differences.map((difference) => field(difference.field)).join(', ')}`;
  },
} as const;

export const legacy = {
  found: (count: number) =>
    `ncp still has ${count === 1 ? 'an entry' : `${count} entries`} in the system’s scheduler. Its tasks are here now, so they would run twice.`,
  replace: 'Replace them',
  later: 'Later',
  replaced: (count: number, kept: number) =>
    `${count} ${count === 1 ? 'entry' : 'entries'} of ncp replaced${kept > 0 ? `; ${kept} left in place, see the checks` : ''}.`,
  failed: (id: string, reason: string) => `ncp’s entry “${id}” was not removed: ${reason}`,
} as const;
