import { exitCodes } from '../../contract/exit-codes.ts';
import { defineCommand } from '../command.ts';

/** A read-only disk refuses thousands of files for the same reason. */
const shownFailures = 5;

export const cleanupCommand = defineCommand({
  name: 'cleanup',
  summary: 'Delete the runs and logs that exceed the limits of the settings.',
  description:
    'The limits are maxExecutionsPerJob, maxExecutionAgeDays and maxLogBytes in config.json. The running app does the same on cleanupSchedule. Running tasks and the run counts of tasks are not affected. The history of changes keeps 400 days and the latest 10,000 changes.',
  positionals: {},
  options: {},
  answers:
    'executions: runs deleted with their logs; logs: runs that lost only their log; strayLogs: log files that belong to no run; slots: old claims and decisions; changes: old history entries; alerts: alerts that were sent or given up; failures: path and message of each file that could not be deleted.',
  examples: [
    { line: 'cleanup', does: 'clean up, for example daily on a server where only the OS scheduler runs tasks' },
  ],
  run: async (context) => {
    const done = context.progress('Cleaning up');
    try {
      const { failures, ...counts } = await (await (await context.application()).retention()).run();
      return { ...counts, failures: [...failures] };
    } finally {
      done();
    }
  },
  exitCode: ({ failures }) => (failures.length > 0 ? exitCodes.store : exitCodes.done),
  text: ({ executions, logs, strayLogs, slots, changes, alerts, failures }, view) =>
    [
      `Deleted ${executions} runs with their logs, ${logs} more logs, ${strayLogs} stray logs, ${slots} old slots, ${changes} old changes and ${alerts} old alerts.`,
      ...failures
        .slice(0, shownFailures)
        .map(({ path, message }) => `Could not delete ${view.plain(path)}: ${view.plain(message)}`),
      ...(failures.length > shownFailures
        ? [`… and ${failures.length - shownFailures} more, listed with --json.`]
        : []),
    ].join('\n'),
});
