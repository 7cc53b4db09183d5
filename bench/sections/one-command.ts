import { median } from '../measure/statistics.ts';
import { cpuOf } from '../measure/cpu-of.ts';
import { ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { bareElectron, headlessEntry, headlessSwitches, packagedExecutable } from '../paths.ts';
import { DataDirectory, shellTrue, timingIdOf } from '../product/schedule.ts';

type Command = readonly [file: string, ...args: string[]];

interface Comparison {
  readonly what: string;
  readonly against: string;
  readonly target: number;
  /** Returns the command for one repeat: a slot runs only once, and a name can be used only once. */
  ours(repeat: number): Command;
  readonly raw: Command;
  /** How many raw commands one command of the product is compared with. */
  readonly rawTimes: number;
}

/**
 * Measures whole commands from start to exit, as an OS entry or a person starts them, alternating with the raw cost.
 */
export async function measureCommands(repeats: number): Promise<Table> {
  const directory = new DataDirectory([{ cron: '0 0 1 1 *', tasks: 1, work: shellTrue }]);
  const rows: string[][] = [];
  try {
    for (const comparison of comparisons(directory.path)) {
      const [ours, raw]: [Cost[], Cost[]] = [[], []];
      for (let repeat = 0; repeat <= repeats; repeat += 1) {
        const [rawCost, oursCost] = [await costOf(comparison.raw), await costOf(comparison.ours(repeat))];
        if (repeat === 0) continue;
        raw.push(times(rawCost, comparison.rawTimes));
        ours.push(oursCost);
      }
      rows.push([
        comparison.what,
        comparison.against,
        ...compared('wallMs', ours, raw, comparison.target),
        ...compared('cpuMs', ours, raw),
      ]);
    }
  } finally {
    directory.remove();
  }
  const note = `Median of ${repeats} runs each. No app is running. Read the CPU on a machine that does other work.`;
  const columns = ['work', 'against', 'raw', 'ours', 'ratio', 'raw CPU', 'ours CPU', 'ratio of CPU'];
  return { title: 'One command, start to exit', note, columns, rows };
}

function comparisons(dataDir: string): Comparison[] {
  const dir = ['--data-dir', dataDir];
  const slot = (repeat: number): string => `${2100 + repeat}-01-01T00:00:00.000Z`;
  const later = (repeat: number): string => `${2200 + repeat}-01-01T00:00:00.000Z`;
  const run = (at: string): string[] => ['_timing-run', timingIdOf(0), '--slot', at, ...dir];
  const params = JSON.stringify(shellTrue.parameters);
  const create = ['create', '--schedule', '5 4 1 1 *', '--tool', shellTrue.tool, '--params', params, ...dir];
  const node = process.execPath;
  return [
    {
      what: '`_timing-run` of one shell task, packaged',
      against: 'bare Electron, headless: one utilityProcess, exit',
      target: 1.3,
      ours: (repeat) => [packagedExecutable, ...headlessSwitches, ...run(slot(repeat))],
      raw: [bareElectron, ...headlessSwitches, 'once'],
      rawTimes: 1,
    },
    {
      what: '`_timing-run` of one shell task, plain Node',
      against: '`node -e 0` twice',
      target: 2.2,
      ours: (repeat) => [node, headlessEntry, ...run(later(repeat))],
      raw: [node, '-e', '0'],
      rawTimes: 2,
    },
    {
      what: '`create`, plain Node',
      against: '`node -e 0`',
      target: 3,
      ours: (repeat) => [node, headlessEntry, ...create, '--name', `created ${repeat}`],
      raw: [node, '-e', '0'],
      rawTimes: 1,
    },
  ];
}

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function costOf(command: Command): Promise<Cost> {
  const startedAt = performance.now();
  const cpuMs = await cpuOf(command);
  return { wallMs: performance.now() - startedAt, cpuMs };
}

const times = ({ wallMs, cpuMs }: Cost, count: number): Cost => ({ wallMs: wallMs * count, cpuMs: cpuMs * count });

/** Returns the two medians and their ratio. */
function compared(what: keyof Cost, ours: readonly Cost[], raw: readonly Cost[], target?: number): string[] {
  const [a, b] = [ours, raw].map((costs) => median(costs.map((cost) => cost[what]))) as [number, number];
  return [ms(b), ms(a), ratio(a, b, target)];
}
