import type { EnvironmentReport } from '../../../main/contract/test-run.ts';
import { formatAgo } from '../format.ts';

const variables = (count: number) => (count === 1 ? '1 variable' : `${count} variables`);

export const testRun = {
  start: 'Test run',
  startHint: 'Runs this task once, as it stands here, with the environment scheduled runs get. Nothing is saved.',
  region: 'Test run result',
  starting: 'Starting…',
  close: 'Close the test run',
  show: 'Show',
  tabs: { log: 'Log', environment: 'Environment' },
  took: (duration: string) => `after ${duration}`,
  exitCode: (code: number) => `exit code ${code}`,
  scheduled: 'A scheduled run gets the same worker, limits and environment.',
  comparing: 'Asking your login shell…',
  same: (count: number) => `The ${variables(count)} a task gets are those of your login shell.`,
  differ: (count: number) =>
    count === 1
      ? '1 variable differs from a terminal you would open now:'
      : `${count} variables differ from a terminal you would open now:`,
  captured: ({ source, capturedAt, count }: EnvironmentReport, now: number): string => {
    if (source === 'process') return `A task gets the ${variables(count)} of your session.`;
    if (source === 'fallback') return `Your login shell did not answer: a task gets a plain environment instead.`;
    const when = capturedAt === null ? '' : `, read ${formatAgo(capturedAt, now)}`;
    return `A task gets the ${variables(count)} of your login shell${when}.`;
  },
  unreadable: (reason: string) => `Your login shell could not be asked: ${reason}`,
  refresh: 'Take over the shell’s',
  refreshHint: 'Tasks get these from their next run on.',
  variable: 'Variable',
  task: 'A task gets',
  shell: 'Your shell has',
  nothing: 'nothing',
  empty: 'empty',
  hidden: 'a value, not shown',
} as const;
