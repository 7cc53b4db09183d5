import type { Task } from '../../contract/task.ts';
import { addRuns, type PastRun } from './run-seeds.ts';
import { typicalDrafts } from './samples.ts';
import { addTasks } from './task-seeds.ts';
import type { WindowOutside } from './window-outside.ts';

const hourMs = 3_600_000;
const shell = typicalDrafts[0];

interface Unusual {
  readonly name: string;
  /** The name of the task that it runs after. */
  readonly after?: string;
  readonly runs: number;
  readonly statusOf: (run: number) => PastRun['status'];
  readonly durationOf: (run: number) => number;
}

const unusual: readonly Unusual[] = [
  { name: 'Renew certificates', runs: 9, statusOf: () => 'failure', durationOf: () => 1200 },
  {
    ...{ name: 'Sync the calendar with the office, 備份', runs: 30, durationOf: () => 4000 },
    statusOf: (run) => (run % 4 === 1 ? 'failure' : 'success'),
  },
  {
    ...{ name: 'Build the search index', runs: 24, statusOf: () => 'success' },
    durationOf: (run) => (run < 3 ? 130_000 : 40_000),
  },
  {
    name: 'Transcode videos',
    after: 'Build the search index',
    runs: 20,
    statusOf: () => 'success',
    durationOf: () => 2_900_000,
  },
  { name: 'Never started', after: 'Transcode videos', runs: 0, statusOf: () => 'success', durationOf: () => 0 },
];

/** Adds a task for each thing that can be unusual about one. */
export function addUnusual(outside: WindowOutside): void {
  const nowMs = outside.clock.now();
  const drafts = unusual.map(
    ({ name }) => ({ ...shell, name, schedule: 'every 8 hours' }) as (typeof typicalDrafts)[0],
  );
  const tasks = addTasks(outside, drafts, nowMs - 300 * hourMs);
  outside.store.update((file) => {
    for (const { name, after } of unusual) {
      const [task, before] = [name, after].map((wanted) => tasks.find((candidate) => candidate.name === wanted));
      const stored = file.tasks[task?.id ?? ''];
      if (stored !== undefined && before !== undefined)
        stored.policies = { after: [{ taskId: before.id, on: 'success' }] };
    }
  });
  addRuns(
    outside,
    unusual.flatMap((each) =>
      runsOf(
        tasks.find(({ name }) => name === each.name),
        each,
        nowMs,
      ),
    ),
  );
}

/** Returns the runs of the last days; those of all tasks start together. */
function runsOf(task: Task | undefined, { runs, statusOf, durationOf }: Unusual, nowMs: number): PastRun[] {
  if (task === undefined) throw new Error('A task was not added.');
  return Array.from({ length: runs }, (_, run) => ({
    ...{ task, startedMs: nowMs - (run + 1) * 8 * hourMs, durationMs: durationOf(run), status: statusOf(run) },
  }));
}
