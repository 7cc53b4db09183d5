import type { Browser, Page } from 'playwright';
import { treeUsage } from '../measure/process-tree.ts';
import { mib, ms } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { ServedWindow, startChromium } from '../product/served-window.ts';
import { measureSshWindow } from './ssh-window.ts';
import { directoryOf, EXECUTIONS, GROUPS, STARTS, TASKS_PER_GROUP, usable } from './window.ts';

const FIRST_PAINT_TARGET_BYTES = 1_000_000;
const CHANGE_TARGET_MS = 100;
const CHANGES = 10;
const SETTLED_MS = 10_000;

interface BrowserFacts {
  readonly startMs: number;
  readonly usableMs: number;
  /** Bodies as they were sent, until the window could be used. */
  readonly bytes: number;
  /** From the call in one window until another one shows the change. */
  readonly changeMs: number;
}

/** Measures the window in a browser and over SSH, against the same window of the desktop app. */
export async function measureBrowser({ idleMinutes }: { readonly idleMinutes: number }): Promise<Table> {
  const [empty, full] = [await factsOf(0), await factsOf(GROUPS)];
  const [sshEmpty, sshFull] = [await measureSshWindow(0), await measureSshWindow(GROUPS)];
  const idle = await idleCost(idleMinutes);
  const verdict = (met: boolean): string => (met ? 'met' : 'missed');
  const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
  const paintMet = Math.max(empty.bytes, full.bytes) < FIRST_PAINT_TARGET_BYTES;
  const changeMet = Math.max(empty.changeMs, full.changeMs) < CHANGE_TARGET_MS;
  return {
    title: 'The window in a browser and over SSH',
    note: `Empty, and with ${GROUPS} groups, ${GROUPS * TASKS_PER_GROUP} tasks and ${EXECUTIONS} runs, medians of ${STARTS}. The desktop's time begins with the start of the program, the browser's with the address in a Chromium that runs already, and SSH's with the click on a machine in a window that is open. SSH is a real sshd on this machine.`,
    columns: ['what', 'empty', 'full', 'target'],
    rows: [
      ['desktop: usable after', ms(sshEmpty.desktopMs), ms(sshFull.desktopMs), ''],
      ['browser: `serve --web` prints its address after', ms(empty.startMs), ms(full.startMs), ''],
      ['browser: usable after', ms(empty.usableMs), ms(full.usableMs), ''],
      ['over SSH: usable after', ms(sshEmpty.machineMs), ms(sshFull.machineMs), ''],
      ['bytes until usable', kilobytes(empty.bytes), kilobytes(full.bytes), `< 1 MB: ${verdict(paintMet)}`],
      [
        'change seen in another window after',
        ms(empty.changeMs),
        ms(full.changeMs),
        `< ${CHANGE_TARGET_MS} ms: ${verdict(changeMet)}`,
      ],
      [`CPU of \`serve --web\` while idle, no window (${idleMinutes} min)`, `${idle.alone.toFixed(3)} %`, '', ''],
      ['the same with one window open', `${idle.open.toFixed(3)} %`, '', ''],
      ['private memory with one window open', mib(idle.memory), '', ''],
    ],
  };
}

async function factsOf(groups: number): Promise<BrowserFacts> {
  const directory = directoryOf(groups);
  const browser = await startChromium();
  try {
    const opened: Omit<BrowserFacts, 'changeMs'>[] = [];
    let changeMs = 0;
    for (let start = 0; start < STARTS; start += 1) {
      const served = await ServedWindow.start(directory.path);
      try {
        const { page, ...facts } = await open(browser, served.address);
        opened.push({ ...facts, startMs: served.startMs });
        if (start === STARTS - 1) changeMs = await changeDelay(page);
        await page.context().close();
      } finally {
        await served.stop();
      }
    }
    const typical = (read: (facts: Omit<BrowserFacts, 'changeMs'>) => number): number => median(opened.map(read));
    return {
      startMs: typical(({ startMs }) => startMs),
      usableMs: typical(({ usableMs }) => usableMs),
      bytes: typical(({ bytes }) => bytes),
      changeMs,
    };
  } finally {
    await browser.close();
    directory.remove();
  }
}

async function open(browser: Browser, address: string): Promise<{ page: Page; usableMs: number; bytes: number }> {
  const page = await (await browser.newContext({ viewport: { width: 1180, height: 760 } })).newPage();
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  const startedAt = performance.now();
  await page.goto(address);
  await usable(page);
  return { page, usableMs: performance.now() - startedAt, bytes };
}

/** Runs in a page, and notes when each change is shown. Both pages are on this machine, so they share the clock. */
const noticeChanges = `
  const seen = (globalThis.seen = {});
  new MutationObserver(() => {
    const [, change] = /Change (\\d+)/.exec(document.body.innerText) ?? [];
    if (change !== undefined) seen[change] ??= Date.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

/** Returns the median time from a call in one window until another window of the same browser shows what it changed. */
async function changeDelay(page: Page): Promise<number> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await usable(other);
  await other.evaluate(noticeChanges);
  const delays: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) delays.push(await delayOf(page, other, change));
  return median(delays);
}

async function delayOf(page: Page, other: Page, change: number): Promise<number> {
  const at = await page.evaluate(async (note) => {
    const before = Date.now();
    await fetch('/call/app.pauseAll', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-window': 'bench-window' },
      body: JSON.stringify({ note }),
    });
    return before;
  }, `Change ${change}`);
  await other.getByText(`Change ${change}`).first().waitFor();
  const seen = await other.evaluate(
    (name) => (globalThis as unknown as { seen: Record<string, number> }).seen[name],
    `${change}`,
  );
  if (seen === undefined) throw new Error(`the other window did not notice change ${change}`);
  return seen - at;
}

/** Measures the share of one core that an idle `serve --web` takes, without a window and with one. */
async function idleCost(minutes: number): Promise<{ alone: number; open: number; memory: number }> {
  const directory = directoryOf(0);
  const served = await ServedWindow.start(directory.path);
  const browser = await startChromium();
  try {
    const share = async (): Promise<number> => {
      await pause(SETTLED_MS);
      const before = treeUsage(served.pid).cpuMs;
      await pause(minutes * 60_000);
      return ((treeUsage(served.pid).cpuMs - before) / (minutes * 60_000)) * 100;
    };
    const alone = await share();
    await open(browser, served.address);
    return { alone, open: await share(), memory: treeUsage(served.pid).privateBytes };
  } finally {
    await browser.close();
    await served.stop();
    directory.remove();
  }
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
