interface TroubleSummary {
  overlap: string;
  catchUp: string;
  retries: string;
  pauseAfterFailures: string;
}

export const editor = {
  newTitle: 'New task',
  editTitle: 'Edit task',
  name: 'Name',
  namePlaceholder: 'Back up photos',
  schedule: 'Schedule',
  schedulePlaceholder: 'every weekday at 9am',
  scheduleExamples: ['every day at 9am', 'every 15 minutes', 'mon-fri at 18:30', 'tomorrow at noon'],
  tryOne: 'Try',
  takeCommand: (command: string) =>
    `Use “${command.length > 60 ? `${command.slice(0, 59)}…` : command}” as the command`,
  didYouMean: 'Did you mean',
  nextRuns: 'Next runs',
  yourTime: (time: string) => `${time} your time`,
  inZone: (zone: string) => `in ${zone}`,
  timezone: 'Time zone',
  machineZone: 'system time zone',
  tool: 'Tool',
  toolHint: (
    isLoading: boolean,
    failure: string | null,
    unavailable: readonly { server: string; message: string }[],
  ): string | undefined => {
    if (failure !== null) return `The tools could not be listed: ${failure}`;
    if (isLoading) return 'Asking the MCP servers for their tools…';
    if (unavailable.length === 0) return undefined;
    return `Unreachable: ${unavailable.map(({ server, message }) => `${server} (${message})`).join(', ')}`;
  },
  command: 'Command',
  commandPlaceholder: 'rsync -a ~/Pictures /mnt/backup',
  parameters: 'Parameters',
  parametersHint: 'A JSON object with the tool’s parameters.',
  parametersAs: 'Edit as',
  asForm: 'Form',
  asJson: 'JSON',
  optional: (label: string) => `${label} (optional)`,
  notSet: (fallback: string | undefined) => (fallback === undefined ? 'Not set' : `Default: ${fallback}`),
  workingDirectory: 'Working directory',
  workingDirectoryPlaceholder: '~',
  workingDirectoryHint: 'Where the task starts. Leave empty for your home directory.',
  chooseDirectory: 'Choose…',
  more: 'More',
  moreSummary: 'description, environment',
  description: 'Description',
  env: 'Environment',
  envHint: 'One variable per line, as NAME=value, added to your login environment. Write a secret as ${secret:NAME}.',
  trouble: 'Retries and failures',
  troubleSummary: ({ overlap, catchUp, retries, pauseAfterFailures }: TroubleSummary): string => {
    const parts = [
      retries === '' || retries === '0' ? 'no retries' : retries === '1' ? '1 retry' : `${retries} retries`,
      overlap === 'skip' ? null : 'overlap',
      catchUp === 'skip' ? null : 'catch-up',
      pauseAfterFailures === ''
        ? null
        : `pause after ${pauseAfterFailures === '1' ? '1 failure' : `${pauseAfterFailures} failures`}`,
    ];
    return parts.filter((part) => part !== null).join(', ');
  },
  retries: 'Retries after a failure',
  retriesHint: 'Each retry is a separate run.',
  retryDelay: 'Wait before the first retry',
  retryBackoff: 'Backoff factor',
  pauseAfter: 'Pause after this many failures in a row',
  pauseAfterHint: 'You are notified when this happens.',
  never: 'never',
  overlap: 'If the previous run has not finished',
  overlaps: {
    skip: 'Skip the new run',
    'buffer-one': 'Run once more afterwards',
    'buffer-all': 'Run each of them afterwards, one at a time',
    'cancel-other': 'Ask the previous run to stop, then start',
    'terminate-other': 'Stop the previous run immediately, then start',
    'allow-all': 'Run both at the same time',
  },
  catchUp: 'Missed runs',
  catchUps: {
    skip: 'Skip',
    once: 'Run once for all of them',
    all: 'Run each of them',
  },
  catchUpWindow: 'Only runs missed in the last',
  limits: 'Limits',
  limitsSummary: (timeout: string) => `stopped after ${timeout}`,
  timeout: 'Stop after',
  memory: 'Memory limit (MiB)',
  noLimit: 'no limit',
  maxExecutions: 'Finish after this many successful runs',
  endDate: 'End date',
  endDateHint: 'A date, or a date and time: 2026-12-31 18:00.',
  jitter: 'Random delay, up to',
  jitterHint: 'Spreads tasks that are due in the same minute.',
  onlyOnline: 'Only when online',
  onlyOnPower: 'Only on mains power',
  fireOnce: 'Finish after the first success',
  copyOf: (name: string) => `${name} (copy)`,
  created: (name: string, next: string) =>
    next === '' ? `“${name}” was created.` : `“${name}” was created. It runs ${next}.`,
  saved: (name: string) => `“${name}” was saved.`,
  restored: 'Your unsaved changes were restored.',
  startOver: 'Start over',
  newIsKept: 'You have a new task that is not saved.',
  changeIsKept: (name: string) => `You have unsaved changes to “${name}”.`,
  goOn: 'Continue',
  unreachableTitle: (server: string) => `“${server}” cannot be reached`,
  unreachableHint:
    'The tool and its parameters could not be checked. If you save the task paused, it does not run until you resume it.',
  saveAnyway: 'Save anyway',
  savePaused: 'Save paused',
  discardTitle: 'Discard your changes?',
  discardHint: 'They have not been saved.',
  discard: 'Discard',
  keepEditing: 'Keep editing',
  gone: 'This task has been deleted.',
  errors: {
    name: 'Enter a name for the task.',
    schedule: 'Enter a schedule: “every day at 9am”, a cron expression or a date.',
    timezone: 'Choose a time zone, for example Europe/Berlin or UTC.',
    tool: 'Choose a tool. To run a command, choose shell:run.',
    toolForm: 'Write the tool as server:tool, for example shell:run or filesystem:list_directory.',
    command: 'Enter the command to run.',
    duration: 'Enter a duration such as 90s, 5m, 2h or 1d.',
    count: (least: number) => `Enter a whole number, ${least} or more.`,
    factor: 'Enter a number from 1 to 100.',
    instant: 'Enter a date, or a date and time: 2026-12-31 18:00.',
    env: (line: string) => `“${line}” is not in the form NAME=value.`,
    json: (reason: string) => `This is not valid JSON: ${reason}`,
    jsonObject: 'The parameters must be a JSON object: { "name": value }.',
  },
} as const;
