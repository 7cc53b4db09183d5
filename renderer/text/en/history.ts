import type { RestoreChange } from '../../../main/contract/backups.ts';
import type { Change } from '../../../main/contract/history.ts';
import type { SettingName } from '../../../main/contract/settings.ts';
import type { policiesSchema, taskSchema } from '../../../main/contract/task.ts';
import { desktop, notifications } from './desktop.ts';
import { times } from './times.ts';
import { tour } from './tour.ts';
import { settings } from './settings.ts';

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

const isKeyOf = <T extends object>(names: T, name: string): name is Extract<keyof T, string> =>
  Object.hasOwn(names, name);

const known = (names: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(names, name) ? names[name] : undefined;

/** The parts of a schedule and of a state are shown together; the rest is not shown. */
type TaskField =
  | Exclude<
      keyof typeof taskSchema.shape,
      | ('cronExpression' | 'timezone' | 'runAt' | 'scheduleRule')
      | ('status' | 'pausedUntil' | 'pauseNote' | 'errorMessage')
      | ('id' | 'timingId' | 'createdAt' | 'createdBy' | 'updatedAt' | 'armedAt')
      | ('policies' | 'env')
    >
  | ('schedule' | 'state');

const ofTask: Readonly<Record<TaskField, string>> = {
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
  shared: 'In the fleet',
};

const ofPolicies: Readonly<Record<keyof typeof policiesSchema.shape, string>> = {
  overlap: 'Overlap',
  catchUp: 'Catch up',
  catchUpWindowMs: 'Catch-up window',
  retries: 'Retries',
  timeoutMs: 'Timeout',
  memoryMb: 'Memory limit',
  maxProcesses: 'Process limit',
  outputLimitBytes: 'Output limit',
  nice: 'Priority',
  worker: 'Worker process',
  pauseAfterFailures: 'Pause after failures',
  ifLost: 'If its machine is lost',
  budget: 'Budget',
  lateAfterMs: 'Late after',
  longAfter: 'Takes too long after',
  overdueAfterMs: 'Overdue after',
  jitterMs: 'Jitter',
  conditions: 'Conditions',
  after: 'Runs after',
  success: 'What counts as success',
  doubt: 'Doubtful runs',
  calendars: 'Calendars',
  probe: 'Probe',
};

/** Settings that consist of parts, which change independently: the name of each part. */
const ofParts: Readonly<
  Record<'mcpServers' | 'machines' | 'calendars' | 'agents' | 'alerts', (part: string) => string>
> = {
  mcpServers: (name) => `MCP server ${name}`,
  machines: (name) => `Machine ${name}`,
  calendars: (name) => `Calendar ${name}`,
  agents: (part) => known(agentParts, part) ?? part.replace(/^clients\./, 'Agent '),
  alerts: (part) => known(alertParts, part) ?? part.replace(/^channels\./, 'Alert channel '),
};

const agentParts: Readonly<Record<string, string>> = {
  permission: 'Permission of new agents',
  maxTasks: 'Most tasks of an agent',
  runsPerHour: 'Most runs of an agent in an hour',
  budgets: 'Budgets of agents',
};

const alertParts: Readonly<Record<string, string>> = {
  rules: 'Alert rules',
  overrides: 'Alert channels of tasks',
  heartbeat: 'Heartbeat',
  digest: 'Digest',
};

const ofSettings: Readonly<Record<Exclude<SettingName, keyof typeof ofParts>, string>> = {
  theme: settings.theme,
  timeFormat: times.timeFormat,
  firstDayOfWeek: times.firstDayOfWeek,
  startAtLogin: settings.startAtLogin,
  quickAddShortcut: desktop.shortcut,
  checkForUpdates: desktop.updates,
  tourSeen: tour.setting,
  osScheduler: settings.osScheduler,
  concurrencyLimit: settings.concurrency,
  warmWorkers: settings.warmWorkers,
  worker: 'Worker process',
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
  credentialCheckMs: 'Check sign-ins before a run',
  calendarFile: 'Calendar file',
  calendarPastDays: 'Days of past runs in the calendar',
  metricsFile: 'Metrics file',
  notifyOnFailure: notifications.kinds.notifyOnFailure.label,
  notifyOnRecovery: notifications.kinds.notifyOnRecovery.label,
  notifyOnChange: notifications.kinds.notifyOnChange.label,
  notifyOnPause: notifications.kinds.notifyOnPause.label,
  notifyOnMissed: notifications.kinds.notifyOnMissed.label,
  notifyOnAttention: notifications.kinds.notifyOnAttention.label,
};

const fields: Readonly<Record<string, string>> = { ...ofTask, ...ofSettings, paused: 'All schedules' };

/** Returns the name of a field of a change, as `differences` (main/services/history) gives it. Unknown fields stay. */
function fieldName(field: string): string {
  const name = known(fields, field);
  if (name !== undefined) return name;
  const [, whole = field, part = ''] = /^([^.]+)\.(.+)$/s.exec(field) ?? [];
  if (whole === 'policies') return known(ofPolicies, part) ?? part;
  if (whole === 'env') return part;
  return isKeyOf(ofParts, whole) ? ofParts[whole](part) : field;
}

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
  field: fieldName,
  none: 'none',
  yes: 'yes',
  no: 'no',
  onDemand: 'only on demand',
  nextEvent: 'the next event',
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
