import { exitCodes } from '../../contract/exit-codes.ts';
import { defineCommand } from '../command.ts';

export const cleanupCommand = defineCommand({
  name: 'cleanup',
  summary: 'Remove executions and logs over the limits of the settings, now.',
  description:
    'The limits are maxExecutionsPerJob, maxExecutionAgeDays and maxLogBytes of config.json. The running app does the same on cleanupSchedule. What runs is never touched, nor are the figures of the tasks. The history of changes keeps 400 days and the latest 10,000 changes.',
  positionals: {},
  options: {},
  answers:
    'executions: how many were removed with their logs; logs: how many lost only their log; strayLogs: log files of no execution; slots: old claims and decisions; changes: old entries of the history; failures: path and message of each file that could not be deleted.',
  examples: [{ line: 'cleanup', does: 'on a server where only the OS scheduler runs tasks, for example once a day' }],
  run: async (context) => {
    const done = context.progress('Removing');
    try {
      const { failures, ...counts } = await (await (await context.application()).retention()).run();
      return { ...counts, failures: [...failures] };
    } finally {
      done();
    }
  },
  exitCode: ({ failures }) => (failures.length > 0 ? exitCodes.store : exitCodes.done),
  text: ({ executions, logs, strayLogs, slots, changes, failures }, view) =>
    [
      `Removed ${executions} executions with their logs, ${logs} further logs, ${strayLogs} logs of no execution, ${slots} old slots, and ${changes} old changes.`,
      ...failures.map(({ path, message }) => `${view.plain(path)} was not deleted: ${view.plain(message)}`),
    ].join('\n'),
});
