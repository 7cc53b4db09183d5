import { spawn } from 'node:child_process';
import { treeUsage } from '../measure/process-tree.ts';
import type { TreeUsage } from '../measure/process-tree.ts';
import { mib } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { bareElectron } from '../paths.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory, shellTrue } from '../product/schedule.ts';

const CPU_TARGET_PERCENT = 0.1;
const MEMORY_TARGET_BYTES = 60 * 1024 * 1024;

/** Measures the app in the tray and a bare Electron with a tray icon at the same time, with nothing due. */
export async function measureIdle(minutes: number): Promise<Table> {
  const directory = new DataDirectory([{ cron: '0 0 1 1 *', tasks: 10, work: shellTrue }]);
  const product = await RunningProduct.start('electron', directory.path);
  const bare = spawn(bareElectron, ['tray'], { stdio: 'ignore' });
  try {
    // Excludes the cost of starting.
    await pause(15_000);
    const before = [treeUsage(bare.pid ?? 0), treeUsage(product.pid)] as const;
    await pause(minutes * 60_000);
    const after = [treeUsage(bare.pid ?? 0), treeUsage(product.pid)] as const;
    const share = (index: 0 | 1): number => percent(before[index], after[index], minutes);
    const cpu = share(1) - share(0);
    const memory = after[1].privateBytes - after[0].privateBytes;
    const verdict = (met: boolean, target: string): string => `(target within ${target}: ${met ? 'met' : 'missed'})`;
    return {
      title: `Idle in the tray for ${minutes} minutes`,
      note: 'CPU as a share of one core.',
      columns: ['what', 'bare Electron with a tray', 'ours', 'difference'],
      rows: [
        [
          'CPU',
          `${share(0).toFixed(3)} %`,
          `${share(1).toFixed(3)} %`,
          `${cpu.toFixed(3)} % ${verdict(cpu <= CPU_TARGET_PERCENT, `${CPU_TARGET_PERCENT} %`)}`,
        ],
        [
          'private memory',
          mib(after[0].privateBytes),
          mib(after[1].privateBytes),
          `${mib(memory)} ${verdict(memory <= MEMORY_TARGET_BYTES, mib(MEMORY_TARGET_BYTES))}`,
        ],
      ],
    };
  } finally {
    bare.kill('SIGKILL');
    await product.stop();
    directory.remove();
  }
}

const percent = (before: TreeUsage, after: TreeUsage, minutes: number): number =>
  ((after.cpuMs - before.cpuMs) / (minutes * 60_000)) * 100;

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
