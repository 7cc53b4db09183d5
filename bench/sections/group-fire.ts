import { mib, ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import type { RawProcess } from '../measure/raw-process.ts';
import { typical, watched } from '../measure/trial.ts';
import type { Trial } from '../measure/trial.ts';
import { RunningProduct } from '../product/running-product.ts';
import type { ProductKind } from '../product/running-product.ts';
import { DataDirectory, timingIdOf } from '../product/schedule.ts';
import type { Work } from '../product/schedule.ts';

export interface GroupFire {
  readonly title: string;
  readonly note: string;
  readonly work: Work;
  readonly kind: ProductKind;
  readonly sizes: readonly number[];
  /** The highest accepted ratio of product to raw wall time, for the largest size. */
  readonly target: number;
  readonly repeats: number;
  raw(): Promise<RawProcess>;
}

/** Yearly, so that no slot becomes due during the measurement. */
const CRON = '0 0 1 1 *';
const slotOf = (index: number): string => `${2100 + index}-01-01T00:00:00.000Z`;

/**
 * Measures one slot of a group of N tasks, alternating with the raw cost of the same work under the same conditions.
 */
export async function measureGroupFire(plan: GroupFire): Promise<Table> {
  const rows: string[][] = [];
  const largest = Math.max(...plan.sizes);
  for (const size of plan.sizes) {
    const { raw, product } = await measureSize(plan, size);
    rows.push([
      String(size),
      ms(raw.wallMs),
      ms(product.wallMs),
      ratio(product.wallMs, raw.wallMs, size === largest ? plan.target : undefined),
      ms(raw.cpuMs),
      ms(product.cpuMs),
      mib(raw.peakBytes),
      mib(product.peakBytes),
    ]);
  }
  const columns = ['tasks', 'raw wall', 'ours wall', 'ratio', 'raw CPU', 'ours CPU', 'raw peak', 'ours peak'];
  return { title: plan.title, note: plan.note, columns, rows };
}

async function measureSize(plan: GroupFire, size: number): Promise<{ raw: Trial; product: Trial }> {
  const directory = new DataDirectory([{ cron: CRON, tasks: size, work: plan.work }]);
  const raw = await plan.raw();
  const product = await RunningProduct.start(plan.kind, directory.path);
  const rawTrials: Trial[] = [];
  const productTrials: Trial[] = [];
  try {
    for (let repeat = 0; repeat <= plan.repeats; repeat += 1) {
      const rawTrial = await watched(raw.pid, async () => Number((await raw.measure(String(size)))['wallMs']));
      const productTrial = await watched(product.pid, async () => {
        await product.fire(timingIdOf(0), slotOf(repeat), size);
      });
      // The first round warms the disk cache and the code.
      if (repeat > 0) {
        rawTrials.push(rawTrial);
        productTrials.push(productTrial);
      }
    }
  } finally {
    await product.stop();
    await raw.end();
    directory.remove();
  }
  return { raw: typical(rawTrials), product: typical(productTrials) };
}
