import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cronCommand } from '../../main/adapters/os-scheduler/cron/cron-command.ts';
import { firedGroups } from '../../main/adapters/os-scheduler/fired/fired-groups.ts';
import { fireCondition } from '../../main/adapters/os-scheduler/systemd/fire-condition.ts';
import { cpuOf } from '../measure/cpu-of.ts';
import { ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { headlessEntry } from '../paths.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory, shellTrue, timingIdOf } from '../product/schedule.ts';

const group = timingIdOf(0);
const HOUR = 3_600_000;

/** Measures what one fire of an entry costs while `serve` runs and has fired its group, against `node -e 0`. */
export async function measureFires(rounds: number): Promise<Table> {
  const directory = new DataDirectory([{ cron: '0 0 1 1 *', tasks: 1, work: shellTrue }]);
  const notes = mkdtempSync(join(tmpdir(), 'ncp-bench-notes-'));
  const product = await RunningProduct.start('node', directory.path);
  try {
    const folder = join(notes, 'fired');
    const fired = firedGroups({ kind: async () => 'cron', folders: { cron: folder }, pid: product.pid });
    await fired.open();
    fired.note(group, Date.now() + HOUR);
    const program = [process.execPath, headlessEntry, '_timing-run', group, '--data-dir', directory.path];
    const works: Record<string, readonly string[]> = {
      '`node -e 0`': [process.execPath, '-e', '0'],
      'entry of systemd: its condition': ['sh', '-c', `! { sh -c "$0" ncp "$1" "$2"; }`, fireCondition, folder, group],
      'crontab line': ['sh', '-c', cronLine(folder)],
      'the program itself, as other entries start it': program,
    };
    const costs: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round += 1)
      for (const [name, command] of Object.entries(works)) (costs[name] ??= []).push(await cpuOf(command, 10));
    const raw = median(costs['`node -e 0`'] ?? []);
    const rows = Object.entries(costs).map(([name, cpu], index) => {
      return [name, ms(median(cpu)), index === 0 ? '' : ratio(median(cpu), raw, index === 3 ? undefined : 1)];
    });
    const note = `CPU time of one fire, in the process tree of the entry. Medians of ${rounds} rounds of 10 fires each, alternating.`;
    return { title: 'A fire while the app runs', note, columns: ['what', 'CPU', 'ratio'], rows };
  } finally {
    await product.stop();
    directory.remove();
    rmSync(notes, { recursive: true, force: true });
  }
}

/** Returns a line that fails if the program is started. */
function cronLine(firedDir: string): string {
  const context = { env: {}, machineTimezone: 'UTC', fromMs: 0, homeDir: tmpdir(), namespace: '', firedDir };
  const schedule = { kind: 'once', atMs: 0, timezone: 'UTC' } as const;
  return cronCommand({ timingId: group, schedule }, { ...context, command: ['/bin/false'] }).command;
}
