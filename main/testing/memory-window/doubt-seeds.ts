import type { Doubt } from '../../contract/doubt.ts';
import type { Task } from '../../contract/task.ts';
import { logLine } from './memory-logs.ts';
import { endedRun } from './run-seeds.ts';
import type { WindowOutside } from './window-outside.ts';

const doubt: Doubt = {
  sign: 'error-text',
  message: 'The output ends with an error: ERROR: could not connect to the database.',
  line: 'ERROR: could not connect to the database',
  criterion: { check: 'lacks-match', pattern: String.raw`^\s*ERROR:`, in: 'stdout' },
};

/** Adds a doubtful run two minutes ago, and a run of another task that follows it. Links the tasks. */
export function addDoubtfulRun(outside: WindowOutside, task: Task, follower: Task): void {
  const startedMs = outside.clock.now() - 120_000;
  outside.store.update((file) => {
    const stored = file.tasks[follower.id];
    if (stored !== undefined) stored.policies = { ...stored.policies, after: [{ taskId: task.id, on: 'end' }] };
  });
  const lines = ['Dumping 41 tables…', 'ERROR: could not connect to the database'];
  const log = lines.map((line, index) => logLine(startedMs + index * 400, 'out', line)).join('');
  const first = endedRun(outside, task, { startedMs, log, doubt });
  const { executionId } = first;
  const cause = { executionId, taskId: task.id, taskName: task.name };
  const followed = logLine(startedMs + 3000, 'out', 'Told the team.');
  endedRun(outside, follower, { startedMs: startedMs + 3000, log: followed, cause });
}
