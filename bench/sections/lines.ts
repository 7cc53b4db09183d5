import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TreeWatch } from '../measure/process-tree.ts';
import { mib, ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { headlessEntry } from '../paths.ts';
import { CronDaemon } from '../product/cron-daemon.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory, timingIdOf } from '../product/schedule.ts';

const MINUTE = 60_000;
/** The minimum time to the slot, in ms: by then the daemon and the product have started and are idle. */
const QUIET_BEFORE_MS = 12_000;
/** How long the tree is watched after the last line has run: ends of processes, outcomes. */
const AFTER_MS = 3000;

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly peakProcesses: number;
}

/**
 * Measures the same shell lines by the cron daemon and by the product, each at its own minute: from just before the slot
 * to after the last line. Every line appends one byte to a file, which shows that it ran.
 */
export async function measureLines(sizes: readonly number[]): Promise<Table> {
  const rows: string[][] = [];
  for (const lines of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'ncp-bench-lines-'));
    const file = (name: string): string => join(folder, name);
    try {
      const cron = await byCron(lines, file('cron'));
      const running = await byServe(lines, file('serve'));
      const closed = await byEntry(lines, file('entry'));
      const target = lines === Math.max(...sizes) ? 2 : undefined;
      rows.push(row(lines, 'cron daemon', cron));
      rows.push(row(lines, '`serve` is running', running, ratio(running.cpuMs, cron.cpuMs, target)));
      rows.push(row(lines, 'entry starts the product', closed, ratio(closed.cpuMs, cron.cpuMs)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const note =
    'Each line is `printf x >> FILE`. Settings are the defaults. CPU and peak are those of the daemon or the product with everything below it, wall from the slot (or the start of the entry) to the last line.';
  const columns = ['lines', 'by', 'wall', 'CPU', 'CPU to cron', 'peak', 'processes at most'];
  return { title: 'Shell lines, against cron', note, columns, rows };
}

const row = (lines: number, by: string, cost: Cost, comparison = ''): string[] => [
  ...[String(lines), by, ms(cost.wallMs), ms(cost.cpuMs), comparison],
  ...[mib(cost.peakBytes), String(cost.peakProcesses)],
];

async function byCron(lines: number, file: string): Promise<Cost> {
  writeFileSync(file, '');
  const daemon = new CronDaemon(Array<string>(lines).fill(`* * * * * printf x >> ${file}`));
  try {
    return await atSlot(daemon.pid, lines, file);
  } finally {
    await daemon.stop();
  }
}

async function byServe(lines: number, file: string): Promise<Cost> {
  const directory = directoryOf(lines, file);
  const product = await RunningProduct.start('node', directory.path);
  try {
    return await atSlot(product.pid, lines, file);
  } finally {
    await product.stop();
    directory.remove();
  }
}

/** As an entry of the OS scheduler starts it while nothing runs. The shell stays, so that its tree has all of the CPU. */
async function byEntry(lines: number, file: string): Promise<Cost> {
  const directory = directoryOf(lines, file);
  const command = [process.execPath, headlessEntry, '_timing-run', timingIdOf(0), '--data-dir', directory.path];
  const slot = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + MINUTE).toISOString();
  const shell = spawn('sh', ['-c', 'read go; "$@"; read end', 'sh', ...command, '--slot', slot], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  try {
    await pause(1000);
    const startedMs = Date.now();
    return await watched(shell.pid ?? 0, startedMs, lines, file, () => void shell.stdin.write('\n'));
  } finally {
    shell.kill('SIGKILL');
    directory.remove();
  }
}

function directoryOf(lines: number, file: string): DataDirectory {
  writeFileSync(file, '');
  const work = { tool: 'shell:run', parameters: { command: `printf x >> ${file}` } };
  return new DataDirectory([{ cron: '* * * * *', tasks: lines, work }]);
}

async function atSlot(pid: number, lines: number, file: string): Promise<Cost> {
  const slotMs = Math.ceil((Date.now() + QUIET_BEFORE_MS) / MINUTE) * MINUTE;
  await pause(slotMs - MINUTE / 6 - Date.now());
  writeFileSync(file, '');
  return watched(pid, slotMs, lines, file, () => undefined);
}

async function watched(pid: number, fromMs: number, lines: number, file: string, start: () => void): Promise<Cost> {
  if (!existsSync(`/proc/${pid}`)) throw new Error('the program to measure has ended');
  const watch = new TreeWatch(pid);
  start();
  while (statSync(file).size < lines) {
    if (Date.now() > fromMs + MINUTE / 2)
      throw new Error(`only ${statSync(file).size} of ${lines} lines ran within half a minute`);
    await pause(5);
  }
  const wallMs = Date.now() - fromMs;
  await pause(AFTER_MS);
  if (statSync(file).size !== lines) throw new Error(`${statSync(file).size} of ${lines} lines ran`);
  return { wallMs, ...watch.stop() };
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
