import type { DoubtPolicy } from '../../../main/contract/doubt.ts';

const policies: Readonly<Record<DoubtPolicy, string>> = {
  mark: 'Mark the run as doubtful',
  fail: 'Count the run as a failure',
  ignore: 'Ignore it',
};

/** Texts about runs that succeeded although their output looks like a failure. */
export const doubts = {
  status: 'Doubtful',
  count: 'Count this as a failure from now on',
  countHint: (check: string) => `Adds a check to the task: ${check}`,
  counted: (name: string) => `From now on, such a run of “${name}” is a failure.`,
  isCounted: (check: string) => `Such a run is a failure from now on. Check: ${check}`,
  showCheck: 'Show the check',
  ignore: 'Ignore in this task',
  ignored: (name: string) => `Output of “${name}” is no longer checked for signs of failure.`,
  policy: 'If a successful run’s output looks like a failure',
  policyHint: 'For example {"success": false}, a traceback, or text that begins with “Error:”.',
  policies,
  byDefault: (policy: DoubtPolicy) => `As in Settings (${policies[policy].toLowerCase()})`,
  setting: 'Successful runs that look like failures',
  settingHint: 'Applies to tasks that do not set it under “What counts as success”.',
  card: 'Doubtful',
  verdict: (count: number) => (count === 1 ? '1 run is doubtful' : `${count} runs are doubtful`),
  verdictHint: 'It ended well, but its output looks like a failure.',
  verdictHints: 'They ended well, but their output looks like a failure.',
} as const;

/** Texts about tasks that run after others. */
export const chains = {
  title: 'Order of tasks',
  section: 'After other tasks',
  none: 'after no other task',
  hint: 'Besides its schedule, the task runs each time one of these tasks has run.',
  values:
    'It gets NCP_AFTER_TASK, NCP_AFTER_STATUS, NCP_AFTER_ERROR and more about the run before. Parameters of HTTP requests and MCP tools can take its values: {"$from": "/result/…"}.',
  add: 'Add a task…',
  addLabel: 'Run after',
  when: (name: string) => `When to run after ${name}`,
  remove: (name: string) => `Do not run after ${name}`,
  circle: (path: string) => `The task would run after itself (${path}). Choose another task.`,
  path: (names: readonly string[]) => names.join(' after '),
  runsAfter: 'Also runs after',
  followedBy: 'Then runs',
  after: {
    success: (name: string) => `after ${name}`,
    failure: (name: string) => `after ${name} fails`,
    end: (name: string) => `after ${name} ends`,
  },
  and: ', ',
  on: { success: 'if it succeeds', failure: 'if it fails', end: 'when it ends' },
  gone: 'a deleted task',
  cause: 'Follows',
  led: 'Followed by',
} as const;
