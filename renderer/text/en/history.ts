import type { RestoreChange } from '../../../main/contract/backups.ts';
import type { Change } from '../../../main/contract/history.ts';
import { tour } from './tour.ts';
import { settings } from './views.ts';

const authors: Readonly<Record<string, string>> = {
  window: 'You, in this window',
  cli: 'Command line',
  tray: 'You, in the tray',
  notification: 'You, in a notification',
  browser: 'You, in a browser',
  scheduler: 'NCP Scheduler',
  file: 'Direct edit of the file',
  migration: 'Imported from ncp',
};

const fields: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  schedule: 'Schedule',
  state: 'State',
  tool: 'Tool',
  parameters: 'Parameters',
  workingDirectory: 'Working directory',
  tags: 'Tags',
  fireOnce: 'Finish after the first success',
  maxExecutions: 'Run limit',
  startDate: 'Start date',
  endDate: 'End date',
  catchupMissed: 'Catch up',
  skipUntil: 'Skip until',
  'policies.overlap': 'Overlap',
  'policies.catchUp': 'Catch up',
  'policies.catchUpWindowMs': 'Catch-up window',
  'policies.retries': 'Retries',
  'policies.timeoutMs': 'Timeout',
  'policies.memoryMb': 'Memory limit',
  'policies.pauseAfterFailures': 'Pause after failures',
  'policies.lateAfterMs': 'Late after',
  'policies.longAfter': 'Takes too long after',
  'policies.overdueAfterMs': 'Overdue after',
  'policies.jitterMs': 'Jitter',
  'policies.conditions': 'Conditions',
  'policies.after': 'Runs after',
  'policies.success': 'What counts as success',
  'policies.doubt': 'Doubtful runs',
  paused: 'All schedules',
  theme: settings.theme,
  startAtLogin: settings.startAtLogin,
  tourSeen: tour.setting,
  osScheduler: settings.osScheduler,
  concurrencyLimit: settings.concurrency,
  warmWorkers: settings.warmWorkers,
  defaultTimeout: settings.timeout,
  enableAutoCleanup: settings.cleanup,
  cleanupSchedule: settings.cleanupSchedule,
  maxExecutionAgeDays: settings.maxAge,
  maxExecutionsPerJob: settings.maxRuns,
  maxLogBytes: 'Size limit for all logs',
  doubtfulRuns: 'Doubtful runs',
  lateAfterMs: 'Late after',
  longAfter: 'Takes too long after',
  overdueAfterMs: 'Overdue after',
  calendarFile: 'Calendar file',
  calendarPastDays: 'Days of past runs in the calendar',
  metricsFile: 'Metrics file',
};

const agent = (author: string): string | null => /^mcp:([^@]+)/.exec(author)?.[1] ?? null;

export const history = {
  menu: 'History…',
  title: (name: string) => `History of ${name}`,
  undone: 'Undone.',
  undoes: 'Undo',
  empty: 'No changes recorded yet',
  emptyHint: 'Changes made with earlier versions were not recorded.',
  unreadable: 'The history cannot be read',
  kinds: { created: 'Created', changed: 'Changed', deleted: 'Deleted' } satisfies Record<Change['kind'], string>,
  author: (author: string) =>
    author.startsWith('run:')
      ? 'A run of a task'
      : author.startsWith('browser:')
        ? `In a browser: ${author.slice('browser:'.length)}`
        : (authors[author] ?? (agent(author) === null ? author : `Agent: ${agent(author) ?? ''}`)),
  field: (field: string) =>
    fields[field] ?? field.replace(/^mcpServers\./, 'MCP server ').replace(/^(policies|env)\./, ''),
  none: 'none',
  onDemand: 'only on demand',
  before: 'before',
  after: 'after',
} as const;

export const backups = {
  open: 'Backups…',
  title: 'Backups of your tasks',
  hint: 'The last five saved versions. Restoring one keeps a copy of the current version, and you can undo it.',
  restore: 'Restore',
  restored: 'Backup restored.',
  unreadable: 'This backup cannot be read.',
  same: 'Same tasks as now.',
  tasks: (count: number) => (count === 1 ? '1 task' : `${count} tasks`),
  empty: 'No backups yet',
  emptyHint: 'A backup is made each time your tasks are saved.',
  change: ({ kind, differences }: RestoreChange, field: (field: string) => string) => {
    if (kind === 'created') return 'will be restored';
    if (kind === 'deleted') return 'will be deleted';
    return `will change: ${differences.map((difference) => field(difference.field)).join(', ')}`;
  },
} as const;

export const legacy = {
  found: (count: number) =>
    `The old ncp scheduler still has ${count === 1 ? 'an entry' : `${count} entries`} in the system’s scheduler. Replace ${count === 1 ? 'it' : 'them'}, or its tasks will run twice.`,
  replace: 'Replace',
  later: 'Later',
  replaced: (count: number, kept: number) =>
    `Replaced ${count} ncp ${count === 1 ? 'entry' : 'entries'}.${kept > 0 ? ` ${kept} left in place: see Overview.` : ''}`,
  failed: (id: string, reason: string) => `The ncp entry “${id}” could not be removed: ${reason}`,
} as const;
