import { join } from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication, Locator, Page } from 'playwright';
import { openLedger } from '../../main/adapters/storage/ledger/sqlite-ledger.ts';
import { mib, ms } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { inspectableExecutable } from '../paths.ts';
import { fillLedger } from '../product/ledger.ts';
import { DataDirectory, shellTrue } from '../product/schedule.ts';

/** Declared because the callbacks of `evaluate` run in the page. */
declare const requestAnimationFrame: (callback: (at: number) => void) => number;

/** The groups of the largest supported store. */
export const GROUPS = 1_000;
export const TASKS_PER_GROUP = 10;
export const EXECUTIONS = 100_000;
export const STARTS = 3;
const START_TARGET = 1.5;
const DROPPED_TARGET_PERCENT = 5;
/** A typed character must be visible within two frames at 60 Hz, even while the preview is computed. */
const KEY_TARGET_MS = 34;

interface WindowFacts {
  readonly usableMs: number;
  readonly rendererBytes: number;
  /** Null unless it was looked at thoroughly. */
  readonly fluency: Fluency | null;
}

interface Fluency {
  readonly runsDroppedPercent: number;
  readonly tasksDroppedPercent: number;
  readonly rowKeyMs: number;
  readonly keyMs: number;
}

/** Measures the window when it is empty and with the largest supported store. */
export async function measureWindow(): Promise<Table> {
  const [empty, full] = [await typicalOf(0), await typicalOf(GROUPS)];
  const ratio = full.usableMs / empty.usableMs;
  const verdict = (met: boolean): string => (met ? 'met' : 'missed');
  const { fluency } = full;
  if (fluency === null) throw new Error('the full window was not looked at thoroughly');
  const dropped = (what: string, percent: number): string[] => [
    `frames dropped while scrolling through the ${what}`,
    '–',
    `${percent.toFixed(1)} %`,
    `< ${DROPPED_TARGET_PERCENT} %: ${verdict(percent < DROPPED_TARGET_PERCENT)}`,
  ];
  const key = (what: string, keyMs: number): string[] => [
    what,
    '–',
    ms(keyMs),
    `< ${KEY_TARGET_MS} ms: ${verdict(keyMs < KEY_TARGET_MS)}`,
  ];
  return {
    title: 'The window',
    note: `Empty, and with ${GROUPS} groups, ${GROUPS * TASKS_PER_GROUP} tasks and ${EXECUTIONS} runs. Time from the start of the program until the overview can be used, median of ${STARTS} starts; rendered in software if there is no graphics card.`,
    columns: ['what', 'empty', 'full', 'target'],
    rows: [
      [
        'usable after',
        ms(empty.usableMs),
        ms(full.usableMs),
        `× ${ratio.toFixed(2)} < ${START_TARGET}: ${verdict(ratio < START_TARGET)}`,
      ],
      ['memory of the page', mib(empty.rendererBytes), mib(full.rendererBytes), ''],
      dropped('runs', fluency.runsDroppedPercent),
      dropped('tasks', fluency.tasksDroppedPercent),
      key('arrow key in the list of tasks until the next row is drawn', fluency.rowKeyMs),
      key('key press in Schedule until it is drawn', fluency.keyMs),
    ],
  };
}

async function typicalOf(groups: number): Promise<WindowFacts> {
  const directory = directoryOf(groups);
  try {
    const starts: WindowFacts[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      starts.push(await lookAt(directory.path, groups > 0 && start === STARTS - 1));
    }
    const last = starts.at(-1);
    if (last === undefined) throw new Error('nothing was measured');
    return { ...last, usableMs: median(starts.map(({ usableMs }) => usableMs)) };
  } finally {
    directory.remove();
  }
}

/** Makes a data directory with so many groups, and no runs. */
export function emptyDirectoryOf(groups: number, more: Readonly<Record<string, unknown>> = {}): DataDirectory {
  const plans = Array.from({ length: groups }, (_, index) => ({
    // Yearly, so that no slot becomes due during the measurement.
    cron: `${index % 60} ${Math.floor(index / 60) % 24} 1 1 *`,
    tasks: TASKS_PER_GROUP,
    work: shellTrue,
  }));
  // Clean-up would disturb the measurement.
  return new DataDirectory(plans, { enableAutoCleanup: false, warmWorkers: 0, ...more });
}

/** Makes a data directory with so many groups, and with the runs of the largest store unless it is empty. */
export function directoryOf(groups: number, more: Readonly<Record<string, unknown>> = {}): DataDirectory {
  const directory = emptyDirectoryOf(groups, more);
  if (groups > 0) {
    const ledger = openLedger(join(directory.path, 'ledger.db'));
    fillLedger(ledger, EXECUTIONS);
    ledger.close();
  }
  return directory;
}

/** Waits until the window can be used. */
export async function usable(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).waitFor();
  await page.getByRole('button', { name: 'New task' }).first().click({ trial: true });
}

async function lookAt(dataDir: string, thoroughly: boolean): Promise<WindowFacts> {
  const startedAt = performance.now();
  const electron = await _electron.launch({
    executablePath: inspectableExecutable,
    args: ['--data-dir', dataDir],
    chromiumSandbox: true,
  });
  const ended = new Promise((resolve) => electron.process().once('exit', resolve));
  try {
    const page = await electron.firstWindow();
    await usable(page);
    const usableMs = performance.now() - startedAt;
    const fluency = thoroughly ? await fluencyOf(page) : null;
    return { usableMs, fluency, rendererBytes: await rendererMemory(electron) };
  } finally {
    await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
    await ended;
  }
}

/** Returns the resident memory of the page's process, including shared pages, in bytes. */
async function rendererMemory(electron: ElectronApplication): Promise<number> {
  const kilobytes = await electron.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  return kilobytes * 1024;
}

async function fluencyOf(page: Page): Promise<Fluency> {
  await page.getByRole('navigation').getByRole('link', { name: 'Runs' }).click();
  const runsDroppedPercent = await droppedFrames(page.getByRole('table', { name: 'Runs' }));
  await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
  const tasks = page.getByRole('treegrid', { name: 'Tasks' });
  const tasksDroppedPercent = await droppedFrames(tasks);
  await tasks.evaluate((element: { scrollTop: number }) => (element.scrollTop = 0));
  await tasks.getByRole('row').nth(1).focus();
  const rowKeyMs = await keyDelay(page, tasks, async () => {
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(40);
    }
  });
  return { runsDroppedPercent, tasksDroppedPercent, rowKeyMs, keyMs: await scheduleKeyDelay(page) };
}

/** Scrolls through a table as fast as a mouse wheel, and returns the share of dropped frames. */
async function droppedFrames(table: Locator): Promise<number> {
  await table.getByRole('row').nth(5).waitFor();
  return table.evaluate(async (element: { scrollTop: number }) => {
    const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    // The baseline is what this machine draws when nothing changes, because a virtual screen may not run at 60 Hz.
    const idle: number[] = [];
    let last = await nextFrame();
    for (let frame = 0; frame < 60; frame += 1) {
      const at = await nextFrame();
      idle.push(at - last);
      last = at;
    }
    const usual = idle.sort((a, b) => a - b)[30] ?? 16.7;
    let [seen, dropped] = [0, 0];
    for (let frame = 0; frame < 240; frame += 1) {
      element.scrollTop += 160;
      const at = await nextFrame();
      const missed = Math.max(0, Math.round((at - last) / usual) - 1);
      [seen, dropped, last] = [seen + 1, dropped + missed, at];
    }
    return (dropped / (seen + dropped)) * 100;
  });
}

/** Each key press in this field requests a new preview. */
async function scheduleKeyDelay(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'New task' }).first().click();
  const field = page.getByRole('dialog').getByLabel('Schedule', { exact: true });
  await field.focus();
  return keyDelay(page, field, () => page.keyboard.type('every weekday at 9am in Tokyo and so on', { delay: 60 }));
}

/** Returns the median time from a key press in an element to the frame that shows what it did, in ms. */
async function keyDelay(page: Page, place: Locator, type: () => Promise<void>): Promise<number> {
  await place.evaluate((element: { addEventListener(name: string, listener: () => void): void }) => {
    const delays: number[] = [];
    Object.assign(globalThis, { delays });
    element.addEventListener('keydown', () => {
      const at = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(() => delays.push(performance.now() - at)));
    });
  });
  await type();
  const delays = await page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
  return median(delays);
}
