import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDataDir, type DataPaths } from '../adapters/storage/data-dir.ts';
import { openScheduleStore } from '../adapters/storage/schedule/schedule-file.ts';
import { openSettings } from '../adapters/storage/settings-file.ts';
import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import type { Task } from '../contract/task.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import { builtScript } from './built-script.ts';
import { builtWorker } from './built-worker.ts';
import { startNode, type NodeProcess } from './node-process.ts';
import { aTask, aTiming } from './schedule-samples.ts';
import { temporaryDir } from './temporary-dir.ts';

/** A record that a task wrote about one of its runs. */
export interface OwnRecord {
  /** `start`, or `end` if the run got that far. */
  readonly what: string;
  readonly slot: string;
  readonly executionId: string;
}

/** A data directory whose tasks record their own runs, and which separate processes fire. */
export interface FireFixture {
  readonly dir: string;
  readonly taskIds: readonly string[];
  /** Starts a process that fires every group at `slot` once the file `go` exists. */
  readonly fire: (slot: string, go: string) => NodeProcess;
  /** Returns the path of a new file, and `now`, which creates it so that waiting processes continue. */
  readonly go: (name: string) => { readonly path: string; readonly now: () => void };
  readonly wrote: (taskId: string) => OwnRecord[];
  readonly ledger: () => Ledger;
}

type Change = Partial<Task> & { readonly seconds: number };

/**
 * Creates the fixture. Call it inside a test.
 * @param groups cron expression of each group; each gets one task.
 * @param taskOf what the task of the group with this index has besides.
 */
export async function fireFixture(
  groups: readonly string[],
  task: Change,
  taskOf: (group: number) => Partial<Task> = () => ({}),
): Promise<FireFixture> {
  const [script, worker] = [await builtScript('main/testing/children/fire-child.ts'), await builtWorker()];
  const dir = temporaryDir();
  const own = join(dir, 'own');
  mkdirSync(own);
  const paths = prepareDataDir(join(dir, 'data'));
  const taskIds = groups.map((_, n) => `t${n}`);
  fill(paths, own, groups, task, taskOf);
  return {
    dir,
    taskIds,
    fire: (slot, go) => startNode(script, [paths.dir, worker, go, slot, ...groups.map((_, n) => `g${n}`)]),
    go: (name) => ({ path: join(dir, name), now: () => writeFileSync(join(dir, name), '') }),
    wrote: (taskId) => {
      const file = join(own, taskId);
      if (!existsSync(file)) return [];
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      return lines.map((line) => {
        const [what = '', slot = '', executionId = ''] = line.split(' ');
        return { what, slot, executionId };
      });
    },
    ledger: () => openLedger(paths.ledger),
  };
}

function fill(
  paths: DataPaths,
  own: string,
  groups: readonly string[],
  { seconds, ...change }: Change,
  taskOf: (group: number) => Partial<Task>,
): void {
  const createdAt = change.createdAt ?? new Date().toISOString();
  // As old as the tasks: slots from before its beginning would count as past.
  const ledger = openLedger(paths.ledger, { now: () => Date.parse(createdAt) });
  const lock = <T>(action: () => T): T => ledger.withWriteLock(action);
  // Keeps the test out of the OS scheduler of the machine that runs it.
  openSettings({ path: paths.config, profilePath: paths.profile, lock }).update({ osScheduler: 'in-process' });
  const write = (what: string) => `echo "${what} $NCP_SLOT $NCP_EXECUTION_ID" >> "${own}/$NCP_TASK_ID"`;
  const command = seconds === 0 ? write('start') : `${write('start')}; sleep ${seconds}; ${write('end')}`;
  openScheduleStore({ dir: paths.dir, ledger }).update((draft) => {
    for (const [n, cronExpression] of groups.entries()) {
      const common = { cronExpression, createdAt };
      draft.timings[`g${n}`] = aTiming({ id: `g${n}`, name: `Group ${n}`, taskIds: [`t${n}`], ...common });
      const names = { id: `t${n}`, name: `Task ${n}`, timingId: `g${n}` };
      draft.tasks[`t${n}`] = aTask({ ...change, ...names, ...common, parameters: { command }, ...taskOf(n) });
    }
  });
  ledger.close();
}
