import { neverRunAt } from '../../contract/schedule-rule.ts';
import type { SettingName } from '../../contract/settings.ts';

const at = '2026-11-01T00:00:00.000Z';

export const wholePolicies = {
  overlap: 'skip',
  catchUp: 'once',
  catchUpWindowMs: 1000,
  retries: { count: 2, delayMs: 1000, backoff: 2, maxDelayMs: 5000, jitter: 0.1, exitCodes: [75] },
  timeoutMs: 1000,
  memoryMb: 64,
  maxProcesses: 10,
  outputLimitBytes: 1000,
  nice: 5,
  pauseAfterFailures: 3,
  jitterMs: 1000,
  conditions: { onACPower: true, online: true },
  after: [{ taskId: 'task-2', on: 'success' }],
  success: [
    { check: 'contains', text: 'done', in: 'stdout' },
    { check: 'matches', pattern: 'done' },
    { check: 'json', path: '$.ok', is: 'below', value: 5 },
    { check: 'file', path: '/tmp/out', youngerThanMs: 1000, minBytes: 1 },
  ],
  doubt: 'mark',
  lateAfterMs: 1000,
  longAfter: { factor: 3 },
  overdueAfterMs: 1000,
  budget: { perDay: { runs: 3, minutes: 90, cost: 1 }, perMonth: { runs: 30 } },
  calendars: { skipOn: ['weekends'], onlyOn: ['Team'], dayOff: 'next' },
  worker: 'own',
  ifLost: 'take-over',
  probe: {
    ...{ tool: 'shell:run', parameters: { command: 'date' }, pattern: '[0-9]+', ignore: ['at .*'] },
    ...{ then: 'run', first: 'record' },
  },
} as const;

const times = { cronExpression: '0 9 * * *', timezone: 'UTC' } as const;

/** A task with every field of the format. */
export const wholeTask = {
  id: 'task-1',
  name: 'Backup',
  description: 'Of the disk.',
  timingId: 'at-login',
  ...times,
  runAt: neverRunAt,
  scheduleRule: { events: ['login'] },
  tool: 'shell:run',
  parameters: { command: 'true' },
  fireOnce: false,
  maxExecutions: 5,
  startDate: at,
  endDate: '2027-11-01T00:00:00.000Z',
  catchupMissed: true,
  createdAt: at,
  createdBy: 'mcp:claude@1',
  updatedAt: at,
  armedAt: at,
  status: 'active',
  errorMessage: 'none',
  pausedUntil: at,
  pauseNote: 'none',
  skipUntil: at,
  workingDirectory: '/tmp',
  env: { LANG: 'C' },
  tags: ['night'],
  shared: { fleetId: 'fleet', revision: 1, runsOn: { mode: 'one', tags: ['gpu'] }, author: 'laptop' },
  policies: wholePolicies,
} as const;

const plain = {
  name: 'Report',
  timingId: 'other',
  ...times,
  tool: 'shell:run',
  parameters: {},
  createdAt: at,
  status: 'active',
};
const ruled = {
  'task-2': {
    ...{ ...plain, id: 'task-2' },
    scheduleRule: { crons: ['0 9 * * *'], every: { count: 2, unit: 'week', from: '2026-12-04' } },
  },
  'task-3': { ...plain, id: 'task-3', cronExpression: '0 9 26-31 * *', scheduleRule: { lines: ['0 9 LW * *'] } },
  'task-4': {
    ...{ ...plain, id: 'task-4', cronExpression: '*/30 * * * *' },
    scheduleRule: { interval: { minutes: 90, from: '2026-12-01T08:00:00.000Z' } },
  },
} as const;

/** Every setting, with a value other than its default. */
export const everySetting = {
  maxExecutionsPerJob: 5,
  maxExecutionAgeDays: 5,
  cleanupSchedule: '0 1 * * *',
  enableAutoCleanup: false,
  defaultTimeout: 1000,
  doubtfulRuns: 'fail',
  maxLogBytes: 1000,
  lateAfterMs: 1000,
  longAfter: { ms: 1000 },
  overdueAfterMs: 1000,
  concurrencyLimit: 2,
  warmWorkers: 1,
  osScheduler: 'cron',
  notifyOnFailure: false,
  notifyOnRecovery: false,
  notifyOnPause: false,
  notifyOnMissed: false,
  notifyOnAttention: false,
  notifyOnChange: false,
  credentialCheckMs: 1000,
  worker: 'own',
  metricsFile: '/tmp/m.prom',
  calendarFile: '/tmp/c.ics',
  calendarPastDays: 3,
  quickAddShortcut: 'Control+Alt+N',
  checkForUpdates: true,
  startAtLogin: true,
  tourSeen: true,
  theme: 'dark',
  timeFormat: '24h',
  firstDayOfWeek: 'monday',
  mcpServers: { files: { command: 'npx', args: ['files'] } },
  machines: { web: { host: 'web.example', program: '/opt/ncp', dataDir: '/srv', colour: 'blue', notify: true } },
  calendars: {
    Team: { kind: 'dates', days: [{ date: '2026-12-24', name: 'Eve' }] },
    DE: { kind: 'holidays', country: 'DE', state: 'BY' },
  },
  agents: { permission: 'none' },
  alerts: {
    channels: { Desk: { kind: 'desktop', enabled: true } },
    rules: [
      {
        ...{ events: ['failed'], tags: ['night'], groups: ['other'], tasks: ['task-1'], channels: ['Desk'] },
        ...{ afterFailures: 2, everyTime: true, quietHours: { from: '22:00', to: '07:00' } },
      },
    ],
    overrides: { 'task-1': { channels: ['Desk'] } },
    heartbeat: { channels: ['Desk'], everyMs: 60_000 },
    digest: { channels: ['Desk'], every: 'week', at: '08:00', weekday: 1 },
  },
} as const satisfies Readonly<Record<SettingName, unknown>>;

/** An export with every field of the format. */
export const wholeExport = {
  format: 'ncp-scheduler-export',
  version: 1,
  exportedAt: at,
  exportedBy: { version: '1.0.0', platform: 'linux', timezone: 'UTC' },
  schedule: {
    version: '2.0.0',
    tasks: { 'task-1': wholeTask, ...ruled },
    timings: {
      other: {
        ...{ id: 'other', name: 'Mornings', ...times, scheduleRule: ruled['task-2'].scheduleRule },
        ...{ taskIds: ['task-2'], createdAt: at },
      },
    },
    paused: { since: at, until: '2027-11-01T00:00:00.000Z', note: 'away' },
  },
  figures: { 'task-1': { executionCount: 1, successfulSlots: 1, lastExecutionAt: at, lastStatus: 'success' } },
  settings: everySetting,
  secrets: [{ reference: '${secret:A}', at: ['tasks', 'task-1', 'env', 'A'] }],
  mark: 'none',
} as const;
