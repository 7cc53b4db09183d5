import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { executionFilterSchema, type ExecutionFilterInput } from '../../../contract/execution.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import { aDoubt, anExecution, anOutcome, slotAt } from '../../../testing/ledger-samples.ts';
import { randomOf } from '../../../testing/seeded-random.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { openDatabase } from './sqlite.ts';
import { openLedger } from './sqlite-ledger.ts';

const filters: readonly ExecutionFilterInput[] = [
  {},
  { status: 'failure' },
  { status: 'running' },
  { trigger: 'manual', status: 'success' },
  { timingId: 'g1' },
  { doubtful: true },
  { query: 'task' },
  { query: 'TASK 1' },
  { query: 'shell disk_full' },
  { query: '100%' },
  { query: 'nowhere' },
  { query: 'disk', status: 'failure', timingId: 'g2' },
  { query: 'disk', since: slotAt(20), until: slotAt(40) },
  { since: slotAt(10) },
  { query: 'task', taskId: 't1' },
];
const pages = [
  { limit: 5, offset: 0 },
  { limit: 3, offset: 3 },
  { limit: 500, offset: 0 },
  { limit: 5, offset: 400 },
];

const answers = (ledger: Ledger) =>
  filters.flatMap((filter) => pages.map((page) => ledger.list(executionFilterSchema.parse({ ...filter, ...page }))));

/** Says in the file that runs may be missing in the index, so that it is not used; and the contrary. */
function setIndexed(path: string, isIndexed: boolean): void {
  const database = openDatabase(path);
  const change = isIndexed ? "DELETE FROM meta WHERE key = 'unindexed'" : "INSERT INTO meta VALUES ('unindexed', '0')";
  database.exec(change);
  database.close();
}

function addRuns(ledger: Ledger, count: number, seed: number): void {
  const random = randomOf(seed);
  const one = <T>(...of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  for (let n = 0; n < count; n += 1) {
    const task = one('1', '2', '3');
    const change = { taskId: `t${task}`, taskName: one(`Task ${task}`, '100% new'), timingId: `g${one('1', '2')}` };
    const executionId = `e${seed}-${n}`;
    ledger.start(
      anExecution({ executionId, ...change, trigger: one('manual', 'schedule'), startedAt: slotAt(n % 60) }),
    );
    if (random() < 0.1) continue;
    const error = { code: 'a/b', message: one('Disk_full', 'Disk lost', 'Timed out') };
    ledger.finish(
      executionId,
      anOutcome(one({ status: 'success' }, { status: 'success', doubt: aDoubt }, { status: 'failure', error })),
    );
    if (random() < 0.2) ledger.removeExecutions([executionId]);
  }
}

it('answers as without it, after any starts, ends and removals', () => {
  const path = join(temporaryDir(), 'ledger.db');
  const ledger = openLedger(path);
  addRuns(ledger, 200, 1);
  const indexed = answers(ledger);
  setIndexed(path, false);
  expect(answers(ledger)).toEqual(indexed);
  expect(new Set(indexed.map(({ total }) => total)).size).toBeGreaterThan(8);
  ledger.close();
});

it('is made in pieces for an earlier ledger, whose searches are right meanwhile, also of runs that end or go', () => {
  const path = join(temporaryDir(), 'ledger.db');
  const earlier = openDatabase(path);
  earlier.exec(readFileSync(join(import.meta.dirname, 'fixtures/10.sql'), 'utf8'));
  earlier.exec(`
    WITH RECURSIVE run (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM run WHERE n < 300)
    INSERT INTO executions (sequence, execution_id, task_id, timing_id, trigger, attempt, started_at, status, owner_pid,
      owner_started, task_name, tool, parameters)
    SELECT n, 'old-' || n, 't' || (n % 3), 'g1', 'manual', 1, n / 4, iif(n < 298, 'success', 'running'), 1, '1',
      'Task ' || (n % 3), 'shell:run', '{}' FROM run`);
  earlier.close();
  const ledger = openLedger(path);
  const compare = (): void => {
    const known = answers(ledger);
    setIndexed(path, true);
    expect(answers(ledger)).toEqual(known);
  };
  for (let piece = 0; piece < 2; piece += 1) {
    const heard = vi.fn();
    const stop = ledger.watch(heard);
    expect(ledger.indexEarlierRuns(100)).toBe(true);
    expect(heard, 'nothing that can be seen has changed').not.toHaveBeenCalled();
    stop();
    ledger.finish(`old-${298 + piece}`, anOutcome({ status: 'failure', error: { code: 'a/b', message: 'Disk lost' } }));
    ledger.removeExecutions([`old-${50 + piece}`, `old-${250 + piece}`]);
    addRuns(ledger, 20, 2 + piece);
    expect(ledger.list(executionFilterSchema.parse({ query: 'task 1', limit: 1 })).total).toBeGreaterThan(98);
  }
  ledger.removeExecutions(['old-299']);
  addRuns(ledger, 20, 9);
  while (ledger.indexEarlierRuns(100));
  setIndexed(path, false);
  compare();
  ledger.close();
});
