import { join } from 'node:path';
import { openLedger } from '../../main/adapters/storage/ledger/sqlite-ledger.ts';
import { executionFilterSchema } from '../../main/contract/execution.ts';
import type { ExecutionFilterInput } from '../../main/contract/execution.ts';
import { treeUsage } from '../measure/process-tree.ts';
import { mib, ms } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { dayOf, fillLedger } from '../product/ledger.ts';
import { RunningProduct } from '../product/running-product.ts';
import type { ProductKind } from '../product/running-product.ts';
import { DataDirectory, shellTrue } from '../product/schedule.ts';

const GROUPS = 1_000;
const TASKS_PER_GROUP = 10;
const EXECUTIONS = 100_000;
const PAGE_TARGET_MS = 5;

/** Measures start-up and memory with a large schedule, and reading pages of a large ledger. */
export async function measureLargeStore(): Promise<Table> {
  const rows: string[][] = [];
  for (const kind of ['electron', 'node'] as const) {
    for (const groups of [0, GROUPS]) rows.push(await startOf(kind, groups));
  }
  rows.push(...pagesOf());
  return {
    title: 'A large store',
    note: `${GROUPS} groups of ${TASKS_PER_GROUP} tasks; a ledger of ${EXECUTIONS} runs. The times of pages are medians of 50 different pages.`,
    columns: ['what', 'time', 'memory'],
    rows,
  };
}

async function startOf(kind: ProductKind, groups: number): Promise<string[]> {
  const plans = Array.from({ length: groups }, (_, index) => ({
    // Yearly, so that no slot becomes due during the measurement.
    cron: `${index % 60} ${Math.floor(index / 60) % 24} 1 1 *`,
    tasks: TASKS_PER_GROUP,
    work: shellTrue,
  }));
  const directory = new DataDirectory(plans, { concurrencyLimit: 1 });
  try {
    const startedAt = performance.now();
    const product = await RunningProduct.start(kind, directory.path);
    const answeredMs = performance.now() - startedAt;
    // Wait for the end of start-up: the control socket answers shortly before the last file is read.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const { privateBytes } = treeUsage(product.pid);
    await product.stop();
    const what = kind === 'electron' ? 'hidden app' : '`serve` in plain Node';
    return [`start to first answer, ${what}, ${groups * TASKS_PER_GROUP} tasks`, ms(answeredMs), mib(privateBytes)];
  } finally {
    directory.remove();
  }
}

function pagesOf(): string[][] {
  const directory = new DataDirectory([]);
  const ledger = openLedger(join(directory.path, 'ledger.db'));
  try {
    fillLedger(ledger, EXECUTIONS);
    const time = (what: string, filter: (index: number) => ExecutionFilterInput): string[] => {
      const times = Array.from({ length: 50 }, (_, index) => {
        const parsed = executionFilterSchema.parse(filter(index));
        const startedAt = performance.now();
        ledger.list(parsed);
        return performance.now() - startedAt;
      });
      const typical = median(times);
      return [
        what,
        `${ms(typical)} (target < ${PAGE_TARGET_MS} ms: ${typical < PAGE_TARGET_MS ? 'met' : 'missed'})`,
        '',
      ];
    };
    return [
      time('first page of runs', () => ({ limit: 50 })),
      time('page of one task', (index) => ({ limit: 50, taskId: `task-${index}` })),
      time('page of failures', (index) => ({ limit: 50, status: 'failure', offset: index * 10 })),
      time('page of one day', (index) => ({ limit: 50, since: dayOf(index), until: dayOf(index + 1) })),
    ];
  } finally {
    ledger.close();
    directory.remove();
  }
}
