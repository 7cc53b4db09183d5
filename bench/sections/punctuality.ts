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
/** GNU date: nanoseconds since 1970, at the start of the task's own process. */
const COMMAND = 'date +%s%N';
const TARGET_MS = 25;
const MINUTE = 60_000;

/**
 * Measures the time from a slot's instant to the task's own process, against a waiting process that spawns the same.
 */
export async function measurePunctuality(minutes: number): Promise<Table> {
  const work = { tool: 'shell:run', parameters: { command: COMMAND } };
  // One warm worker for each task; the defaults are four, and twice as many tasks at once as there are cores.
  const settings = { concurrencyLimit: TASKS, warmWorkers: TASKS };
  const directory = new DataDirectory([{ cron: '* * * * *', tasks: TASKS, work }], settings);
  const product = await RunningProduct.start('electron', directory.path);
  const raw = await RawProcess.start(process.execPath, [rawScript('spawn-at')]);
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    // A nearer slot would meet a product that has just started.
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
    title: `Slot instant to the task's process, ${TASKS} tasks, warm`,
    note: `${minutes} slots, one a minute, fired by the running app; the raw spawns run half a minute after each. Settings: ${TASKS} warm workers, ${TASKS} tasks at once.`,
    columns: ['quantile', '`spawn` from a waiting process', 'ours', 'difference'],
    rows: [
      ['median', ms(median(bare)), ms(median(ours)), ms(median(ours) - median(bare))],
      ['99 %', ms(percentile(bare, 0.99)), ms(percentile(ours, 0.99)), verdict],
    ],
  };
}

/** Returns how late each task's process of this slot started, in ms, from the times the tasks printed to their logs. */
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
