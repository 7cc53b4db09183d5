import type { DecisionReason } from '../../../main/contract/execution.ts';

const runs = (count: number) => (count === 1 ? '1 run' : `${count} runs`);

export const overview = {
  allWell: 'No problems found',
  allWellHint: (active: number) =>
    active === 1 ? 'Your task is running on schedule.' : 'Everything is running on schedule.',
  nothingActive: 'No active tasks',
  nothingActiveHint: 'No task is active. Resume a task or create one.',
  failures: (count: number) => (count === 1 ? '1 task is failing' : `${count} tasks are failing`),
  failuresHint: 'See “Failures” below.',
  pausedTitle: 'Everything is paused',
  pausedHint: 'No task runs on schedule until you resume.',
  osTrouble: (count: number) =>
    count === 1
      ? '1 group does not run while this app is closed'
      : `${count} groups do not run while this app is closed`,
  osTroubleHint: (count: number) =>
    count === 1
      ? 'Its entry in the operating system is missing or has changed.'
      : 'Their entries in the operating system are missing or have changed.',
  wrong: (count: number) => (count === 1 ? '1 problem found' : `${count} problems found`),
  wrongHint: 'See “Operating system” below.',
  next: 'Next runs',
  nothingAhead: 'No upcoming runs.',
  running: 'Running now',
  nothingRunning: 'Nothing is running.',
  failed: 'Failures',
  nothingFailed: 'No task is failing.',
  recovered: (names: readonly string[]) => {
    const shown = names.slice(0, 3).map((name) => `“${name}”`);
    const rest = names.length > shown.length ? [`${names.length - shown.length} more`] : [];
    return `Succeeded again: ${[...shown, ...rest].join(', ')}.`;
  },
  markSeen: 'Dismiss all',
  times: (count: number) => `${count} times`,
  paused: 'Paused',
  scheduler: 'Operating system',
  schedulerWith: (kind: string) => `${kind} starts your runs`,
  schedulerInProcess: 'This app starts your runs while it is open',
  entriesOk: (count: number) => (count === 1 ? '1 entry installed' : `${count} entries installed`),
  entriesWrong: (count: number) => (count === 1 ? '1 entry needs attention' : `${count} entries need attention`),
  showGroup: 'Show group',
  strip: 'Last 14 days',
  stripDay: (day: string, good: number, bad: number) =>
    good + bad === 0
      ? `${day}: no runs`
      : `${day}: ${runs(good + bad)}, ${bad === 0 ? 'none failed' : `${bad} failed`}`,
  stripSummary: (total: number, bad: number) =>
    total === 0 ? 'No runs yet' : `${runs(total)}, ${bad === 0 ? 'none failed' : `${bad} failed`}`,
  more: (count: number) => `${count} more`,
  quickAdd: 'Quick add',
} as const;

export const settings = {
  sections: 'Sections of the settings',
  loading: 'Loading settings…',
  unreadable: 'The settings cannot be read',
  saved: 'Saved.',
  general: 'General',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  textSize: 'Text size',
  textSizes: { small: 'Small', normal: 'Normal', large: 'Large', larger: 'Larger' },
  startAtLogin: 'Start at login',
  startAtLoginHint: 'Opens hidden in the tray. Runs that the operating system starts do not need this.',
  runs: 'Runs',
  osScheduler: 'Scheduler',
  osSchedulerHint: (current: string) => `In use: ${current}.`,
  osSchedulers: {
    auto: 'Best available',
    systemd: 'systemd user timers',
    cron: 'cron',
    launchd: 'launchd',
    windows: 'Windows Task Scheduler',
    'in-process': 'This app only',
  },
  concurrency: 'Maximum parallel runs',
  concurrencyPlaceholder: 'twice the processor cores',
  concurrencyHint: 'Others wait in a queue.',
  warmWorkers: 'Pre-started workers',
  warmWorkersHint: 'Start tasks without delay. Each uses about 40 MB, or 60 MB for MCP tools; 0 turns this off.',
  timeout: 'Default time limit',
  timeoutHint: 'For tasks without their own limit. Written as 90s, 5m, 2h or 1d.',
  retention: 'Retention',
  cleanup: 'Delete old runs and logs',
  cleanupSchedule: 'Cleanup schedule',
  cleanupScheduleHint: 'In your machine’s time zone, for example “every day at midnight”.',
  cleanupScheduleTooRich: 'Choose a schedule that one cron expression can say, such as “every day at midnight”.',
  cleanUpNow: 'Clean up now',
  cleanUpHint: 'Deletes now what exceeds these limits. Running tasks and counts are not affected.',
  cleanedUp: (result: { executions: number; logs: number; strayLogs: number }) => {
    const [runs, logs] = [result.executions, result.logs + result.strayLogs];
    if (runs + logs === 0) return 'Nothing exceeds the limits.';
    return `Deleted ${runs === 1 ? '1 run' : `${runs} runs`} and ${logs === 1 ? '1 further log' : `${logs} further logs`}.`;
  },
  cleanUpFailed: ({ path, message }: { path: string; message: string }) => `${path} could not be deleted: ${message}`,
  backups: 'Backups of your tasks',
  maxAge: 'Days to keep runs',
  maxRuns: 'Runs to keep per task',
  maxLogs: 'Size limit for all logs, MB',
  servers: 'MCP servers',
  serversHint: 'You can schedule their tools. The format is the same as in other MCP apps.',
  noServers: 'No servers are configured here. Servers in your NCP profile are used too.',
  addServer: 'Add a server',
  serverName: 'Server name',
  serverCommand: 'Command or address',
  serverCommandHint: 'A command with its arguments, or an https address.',
  serverNameTaken: 'A server with this name already exists.',
  serverNameMissing: 'Enter a short name without colons, and without spaces at its ends.',
  serverCommandMissing: 'Enter the command that starts the server, or its address.',
  add: 'Add',
  remove: 'Remove',
  removed: (name: string) => `“${name}” was removed.`,
  listTools: 'List tools',
  listing: 'Listing tools…',
  tools: (count: number) => (count === 1 ? '1 tool' : `${count} tools`),
  notAsked: 'tools not listed yet',
  environment: 'Environment of the server',
  environmentHint: 'One variable per line, as NAME=value. Write a secret as ${secret:NAME}.',
  toolsOf: (name: string) => `Tools of ${name}`,
  about: 'About',
  report: 'Diagnostics report',
  makeReport: 'Create a diagnostics report',
  makingReport: 'Running checks…',
  reportHint: 'For support. It contains no task names, commands, parameters, environment variables, logs or secrets.',
  copyReport: 'Copy',
  reportCopied: 'Report copied.',
  version: 'Version',
  dataDir: 'Data directory',
  store: 'Tasks file',
  platform: 'System',
  timezone: 'Time zone',
  number: (least: number) => `Enter a whole number, ${least} or more.`,
} as const;

/** The reasons why a slot did not run. */
const reasons: Readonly<Record<DecisionReason, string>> = {
  unchanged: 'no change',
  calendar: 'a day that its calendars leave out',
  paused: 'the task was paused',
  'all-paused': 'everything was paused',
  'skip-next': 'skipped on request',
  overlap: 'the previous run had not finished',
  'not-started': 'the task’s start date was still to come',
  ended: 'the task’s end date had passed',
  'max-executions': 'the task had reached its run limit',
  condition: 'a condition was not met',
  budget: 'the budget was used up',
  missed: 'the machine was off or asleep',
  'catch-up-window': 'it was missed too long ago',
  superseded: 'a later run replaced it',
  'read-only': 'the tasks file could not be written',
  cancelled: 'it was cancelled',
  elsewhere: 'another member of the fleet started it',
  'not-eligible': 'this machine lacks what it needs',
};

export const timeline = {
  zoom: 'Zoom',
  zooms: { day: 'Day', three: '3 days', week: 'Week' },
  today: 'Now',
  region: 'Timeline',
  lanes: 'Groups over time',
  clocksChange: 'clocks change',
  run: (name: string, status: string, at: string, duration: string) => `${name}: ${status}, ${at}, ${duration}`,
  follows: (name: string) => `Ran after ${name}`,
  leads: (names: readonly string[]) => `Led to: ${names.join(', ')}`,
  planned: (name: string, at: string) => `${name}: due ${at}`,
  missed: (name: string, at: string, reason: string) => `${name} did not run ${at}: ${reason}`,
  reasons,
  noReason: 'no record; the machine was probably off',
  several: (count: number, first: string) => `${count} runs at this point. The first:\n${first}`,
  summary: (marks: number, failed: number) => `${marks} past and upcoming runs, ${failed} failed`,
  empty: 'Nothing to show yet',
  emptyHint: 'Create a task to see its past and upcoming runs here, with one lane per group.',
  load: 'Concurrent starts',
  loadHint: (limit: number) => `Up to ${limit} tasks run at the same time. The others wait their turn.`,
  loadPartial: 'too many to count',
  waited: (count: number, longest: string) =>
    count === 0 ? '' : `${count === 1 ? '1 run' : `${count} runs`} waited up to ${longest} in 24 h`,
  quiet: (when: string) => `${when}: nothing starts`,
  busy: (when: string, starts: number, most: number, limit: number) => {
    const together = most > 1 ? `, ${most} in the same minute` : '';
    const crowded = most > limit ? `: more than the limit of ${limit}, so some wait` : '';
    return `${when}: ${starts === 1 ? '1 task starts' : `${starts} tasks start`}${together}${crowded}`;
  },
  legend: {
    ...{ success: 'success', failure: 'failed', doubtful: 'doubtful', planned: 'due', skipped: 'skipped or missed' },
    ...{ follows: 'ran after another run', leads: 'led to other runs' },
    crowded: 'more starts than can run at once',
  },
} as const;
