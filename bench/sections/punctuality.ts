import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { median, percentile } from '../measure/statistics.ts';
import { ms } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { RawProcess } from '../measure/raw-process.ts';
import { rawScript } from '../paths.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory } from '../product/schedule.ts';

const TASKS = 8;
/** Prints the start time of the task's process, in nanoseconds since 1970 (GNU date). */
const COMMAND = 'date +%s%N';
const TARGET_MS = 25;
const MINUTE = 60_000;

/**
 * Measures how long after its slot a task's process starts, compared with a waiting process that spawns the same.
 */
export async function measurePunctuality(minutes: number): Promise<Table> {
  const work = { tool: 'shell:run', parameters: { command: COMMAND } };
  // One warm worker per task. The defaults are four warm workers and a limit of twice as many tasks as cores.
  const settings = { concurrencyLimit: TASKS, warmWorkers: TASKS };
  const directory = new DataDirectory([{ cron: '* * * * *', tasks: TASKS, work }], settings);
  const product = await RunningProduct.start('electron', directory.path);
  const raw = await RawProcess.start(process.execPath, [rawScript('spawn-at')]);
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    // If the next slot were nearer, the product would still be starting.
    const first = Math.ceil((Date.now() + 5_000) / MINUTE) * MINUTE;
    for (let minute = 0; minute < minutes; minute += 1) {
      const slot = first + minute * MINUTE;
      await new Promise((resolve) => setTimeout(resolve, slot + 20_000 - Date.now()));
      ours.push(...latenessOf(join(directory.path, 'logs'), slot));
      const plan = { at: slot + 30_000, count: TASKS, command: COMMAND };
      bare.push(...((await raw.measure(JSON.stringify(plan)))['lateMs'] as number[]));
    }
  } finally {
    await product.stop();
    await raw.end();
    directory.remove();
  }
  const more = percentile(ours, 0.99) - percentile(bare, 0.99);
  const verdict = `${ms(more)} more (target ≤ ${TARGET_MS} ms: ${more <= TARGET_MS ? 'met' : 'missed'})`;
  return {
    title: `From the slot to the task's process, ${TASKS} tasks, warm workers`,
    note: `${minutes} slots, one per minute, fired by the running app. The raw spawns run half a minute after each slot. Settings: ${TASKS} warm workers, concurrency limit ${TASKS}.`,
    columns: ['quantile', '`spawn` from a waiting process', 'ours', 'difference'],
    rows: [
      ['median', ms(median(bare)), ms(median(ours)), ms(median(ours) - median(bare))],
      ['99 %', ms(percentile(bare, 0.99)), ms(percentile(ours, 0.99)), verdict],
    ],
  };
}

/** Returns how late the process of each task started for this slot, in ms. Reads the times that the tasks logged. */
function latenessOf(logs: string, slot: number): number[] {
  const late = readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .map((name) => /\b(\d{19})\b/.exec(readFileSync(join(logs, name), 'utf8'))?.[1] ?? '0')
    .map((nanoseconds) => Number(BigInt(nanoseconds) / 1000n) / 1000 - slot)
    .filter((lateMs) => lateMs >= 0 && lateMs < MINUTE);
  if (late.length !== TASKS)
    throw new Error(`${late.length} of ${TASKS} tasks ran for ${new Date(slot).toISOString()}`);
  return late;
}
