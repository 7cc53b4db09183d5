import type { EnvironmentReport } from '../../../main/contract/test-run.ts';
import { formatAgo } from '../format.ts';

const variables = (count: number) => (count === 1 ? '1 variable' : `${count} variables`);

export const testRun = {
  start: 'Test run',
  startHint: 'Runs this task once, as entered here, in the environment of scheduled runs. Nothing is saved.',
  region: 'Test run result',
  starting: 'Starting…',
  close: 'Close the test run',
  show: 'Show',
  tabs: { log: 'Log', environment: 'Environment' },
  took: (duration: string) => `after ${duration}`,
  exitCode: (code: number) => `exit code ${code}`,
  scheduled: 'Scheduled runs use the same worker, limits and environment.',
  comparing: 'Reading the environment of your login shell…',
  same: (count: number) => `Tasks get the ${variables(count)} of your login shell.`,
  differ: (count: number) =>
    count === 1
      ? '1 variable differs from the one in a new terminal:'
      : `${count} variables differ from those in a new terminal:`,
  captured: ({ source, capturedAt, count }: EnvironmentReport, now: number): string => {
    if (source === 'process') return `Tasks get the ${variables(count)} of your session.`;
    if (source === 'fallback') return 'Your login shell did not respond, so tasks get a minimal environment.';
    const when = capturedAt === null ? '' : `, read ${formatAgo(capturedAt, now)}`;
    return `Tasks get the ${variables(count)} of your login shell${when}.`;
  },
  unreadable: (reason: string) => `The environment of your login shell could not be read: ${reason}`,
  refresh: 'Use the shell’s environment',
  refreshHint: 'Applies from the next run of each task.',
  variable: 'Variable',
  task: 'Task',
  shell: 'Terminal',
  nothing: 'not set',
  empty: 'empty',
  hidden: 'hidden value',
} as const;
