import { join } from 'node:path';
import { openDatabase } from '../../main/adapters/storage/ledger/sqlite.ts';
import { openLedger } from '../../main/adapters/storage/ledger/sqlite-ledger.ts';
import { executionFilterSchema, type ExecutionFilterInput } from '../../main/contract/execution.ts';
import { ms } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { addManyRuns } from '../product/many-runs.ts';
import { DataDirectory } from '../product/schedule.ts';

const runs = 1_000_000;
const tasks = 10_000;
const newestMs = Date.UTC(2026, 10, 1);
const day = { since: '2026-10-20T00:00:00.000Z', until: '2026-10-21T00:00:00.000Z' };
const looks = 9;
const targetMs = 10;
/** Runs that the app adds to the index in one transaction. */
const piece = 1000;

const pages: readonly (readonly [what: string, filter: ExecutionFilterInput])[] = [
  ['first, no filter', {}],
  ['the thousandth', { offset: 50_000 }],
  ['of one task', { taskId: 'bench-5000-1' }],
  ['of one group', { timingId: 'bench-group-5000' }],
  ['of one day', day],
  ['doubtful runs, of which there are none', { doubtful: true }],
  ['failures (an eleventh)', { status: 'failure' }],
  ['successes (all others)', { status: 'success' }],
  ['by the schedule (all)', { trigger: 'schedule' }],
  ['search that finds all', { query: 'bench' }],
  ['search that finds an eleventh, by its error', { query: 'exit code' }],
  ['search for one task', { query: 'bench-5000-1' }],
  ['search for the oldest run, by its error', { query: 'lost disk' }],
  ['search that finds nothing', { query: 'nowhere' }],
  ['search in one day', { query: 'bench-5', ...day }],
];

/**
 * Measures pages of a large ledger, with its index of runs and as it is before an earlier ledger has got that, and what it
 * costs to make the index.
 */
export async function measureRunPages(): Promise<Table> {
  const directory = new DataDirectory([]);
  const path = join(directory.path, 'ledger.db');
  try {
    openLedger(path).close();
    addManyRuns(path, { runs, groups: tasks, newestMs });
    const indexed = timesOf(path);
    change(path, "INSERT INTO meta VALUES ('unindexed', '0')");
    const earlier = timesOf(path);
    const rows = pages.map(([what], index) => [what, ms(earlier[index] ?? NaN), ...verdictOf(indexed[index] ?? NaN)]);
    return {
      title: `Pages of ${runs.toLocaleString('en')} runs`,
      note: `Of ${tasks.toLocaleString('en')} tasks, 50 runs a page with the number of all that match. CPU time, medians of ${looks} looks, in a process that has read the file before.`,
      columns: ['page', 'without the index of runs', 'with it', 'target'],
      rows: [...rows, ...upgradeOf(path)],
    };
  } finally {
    directory.remove();
  }
}

const verdictOf = (tookMs: number): string[] => [
  ms(tookMs),
  `≤ ${targetMs} ms: ${tookMs <= targetMs ? 'met' : 'missed'}`,
];

function timesOf(path: string): number[] {
  const ledger = openLedger(path);
  try {
    return pages.map(([, filter]) => {
      const parsed = executionFilterSchema.parse({ limit: 50, ...filter });
      return median(Array.from({ length: looks }, () => cpuMsOf(() => ledger.list(parsed))));
    });
  } finally {
    ledger.close();
  }
}

/** Measures the upgrade of an earlier ledger with these runs: what opening it costs, and adding the runs to the index. */
function upgradeOf(path: string): string[][] {
  change(
    path,
    `DROP TABLE run_kinds; DROP TABLE runs_by_kind; DROP TRIGGER executions_added; DROP TRIGGER executions_removed;
     DROP TRIGGER executions_changed; DELETE FROM meta WHERE key = 'unindexed'; PRAGMA user_version = 10`,
  );
  let ledger: ReturnType<typeof openLedger> | undefined;
  const openMs = cpuMsOf(() => (ledger = openLedger(path)));
  const pieces: number[] = [];
  for (let isMore = true; isMore;) pieces.push(cpuMsOf(() => (isMore = ledger?.indexEarlierRuns(piece) === true)));
  ledger?.close();
  const all = pieces.reduce((sum, tookMs) => sum + tookMs, 0);
  return [
    ['an earlier version of the ledger: opening it for the first time', '', ms(openMs), ''],
    [
      `adding ${piece} of its runs to the index, at the median and at most`,
      '',
      `${ms(median(pieces))}, ${ms(Math.max(...pieces))}`,
      '',
    ],
    ['adding all', '', ms(all), ''],
  ];
}

function change(path: string, sql: string): void {
  const database = openDatabase(path);
  database.exec(sql);
  database.close();
}

function cpuMsOf(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
