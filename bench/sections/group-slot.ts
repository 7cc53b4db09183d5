import { join } from 'node:path';
import { openDatabase } from '../../main/adapters/storage/ledger/sqlite.ts';
import type { SqliteStatement } from '../../main/adapters/storage/ledger/sqlite.ts';
import { mib, ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import type { RawProcess } from '../measure/raw-process.ts';
import { typical, watched } from '../measure/trial.ts';
import type { Trial } from '../measure/trial.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory } from '../product/schedule.ts';
import type { Work } from '../product/schedule.ts';

export interface GroupSlot {
  readonly title: string;
  readonly note: string;
  readonly work: Work;
  readonly tasks: number;
  /** The highest accepted ratio of product to raw wall time. */
  readonly target: number;
  readonly repeats: number;
  raw(): Promise<RawProcess>;
}

const MINUTE = 60_000;
/** The minimum time to the next slot, in ms. The raw work must be over before the workers start. */
const QUIET_BEFORE_MS = 15_000;

/**
 * Measures a group at its own slot with a warm worker for each task, from the slot's instant to the last outcome in the
 * ledger. A group fired by hand would have no warm workers. The raw work runs between the slots.
 */
export async function measureGroupSlot(plan: GroupSlot): Promise<Table> {
  const settings = { concurrencyLimit: plan.tasks, warmWorkers: plan.tasks };
  const directory = new DataDirectory([{ cron: '* * * * *', tasks: plan.tasks, work: plan.work }], settings);
  const raw = await plan.raw();
  const product = await RunningProduct.start('electron', directory.path);
  const database = openDatabase(join(directory.path, 'ledger.db'), { readOnly: true });
  const outcomes = database.prepare(
    `SELECT count(*) AS ended, sum(status = 'success') AS right FROM executions WHERE slot = ? AND status <> 'running'`,
  );
  const [rawTrials, productTrials]: [Trial[], Trial[]] = [[], []];
  try {
    for (let repeat = 0; repeat <= plan.repeats; repeat += 1) {
      const slot = Math.ceil((Date.now() + QUIET_BEFORE_MS) / MINUTE) * MINUTE;
      await pause(slot - Date.now());
      const ofProduct = await watched(product.pid, () => lastOutcome(outcomes, slot, plan.tasks));
      const ofRaw = await watched(raw.pid, async () => Number((await raw.measure(String(plan.tasks)))['wallMs']));
      // The first round warms the disk cache and the code.
      if (repeat > 0) {
        productTrials.push(ofProduct);
        rawTrials.push(ofRaw);
      }
    }
  } finally {
    database.close();
    await product.stop();
    await raw.end();
    directory.remove();
  }
  return tableOf(plan, typical(rawTrials), typical(productTrials));
}

/** Returns the time from the slot until its last outcome is in the ledger, in ms. Reads the ledger every 10 ms. */
async function lastOutcome(outcomes: SqliteStatement, slot: number, tasks: number): Promise<number> {
  for (;;) {
    const { ended, right } = outcomes.get(slot) ?? {};
    const wallMs = Date.now() - slot;
    if (ended === tasks && right !== tasks) throw new Error(`only ${String(right)} of ${tasks} tasks succeeded`);
    if (ended === tasks) return wallMs;
    if (wallMs > MINUTE) throw new Error(`only ${String(ended)} of ${tasks} tasks ended within a minute`);
    await pause(10);
  }
}

function tableOf({ title, note, tasks, target }: GroupSlot, raw: Trial, product: Trial): Table {
  const columns = ['tasks', 'raw wall', 'ours wall', 'ratio', 'raw CPU', 'ours CPU', 'raw peak', 'ours peak'];
  const walls = [ms(raw.wallMs), ms(product.wallMs), ratio(product.wallMs, raw.wallMs, target)];
  const costs = [ms(raw.cpuMs), ms(product.cpuMs), mib(raw.peakBytes), mib(product.peakBytes)];
  return { title, note, columns, rows: [[String(tasks), ...walls, ...costs]] };
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
