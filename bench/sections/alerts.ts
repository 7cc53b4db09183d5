import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { treeUsage } from '../measure/process-tree.ts';
import { ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { typical, watched } from '../measure/trial.ts';
import type { Trial } from '../measure/trial.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory, shellTrue, timingIdOf } from '../product/schedule.ts';
import type { Work } from '../product/schedule.ts';

const RUN_TARGET = 1.05;
/** Runs of one trial: CPU times have a resolution of 10 ms. */
const RUNS = 20;
const TRIALS = 9;
/** How long after its last run a trial is watched at least: alerts are sent within about a second. */
const AFTER_MS = 2500;
/** How long the alerts of a trial may take on a busy machine. */
const ARRIVAL_MS = 60_000;
/** Yearly, so that no slot becomes due during the measurement. */
const CRON = '0 0 1 1 *';
const slotOf = (index: number): string => `${2100 + index}-01-01T00:00:00.000Z`;
const failing: Work = { tool: 'shell:run', parameters: { command: 'exit 3' } };

interface Case {
  readonly name: string;
  readonly work: Work;
  readonly events: readonly string[];
  /** How many alerts one run sends to the three channels together. */
  readonly alerts: number;
  readonly target?: number;
}

const cases: readonly Case[] = [
  {
    name: 'a success without an alert',
    work: shellTrue,
    events: ['failed', 'missed'],
    alerts: 0,
    target: RUN_TARGET,
  },
  { name: 'a failure', work: failing, events: ['failed'], alerts: 3 },
  { name: 'start and success', work: shellTrue, events: ['started', 'succeeded'], alerts: 6 },
];

/** Measures runs and idle time of `serve` with three channels, alternating with one that has none. */
export async function measureAlerts(idleMinutes: number): Promise<Table> {
  const receiver = await startReceiver();
  try {
    const rows: string[][] = [];
    for (const each of cases) rows.push(await measureCase(each, receiver));
    rows.push(await measureIdle(receiver.url, idleMinutes));
    return {
      title: 'Runs with three channels of alerts, against none',
      note: `\`serve\` in plain Node; the channels are three webhooks (the event, ntfy, Slack) to a server of this machine. Wall is that of ${RUNS} runs, one after the other; CPU also counts the ${AFTER_MS / 1000} s after them, in which alerts are sent. Medians of ${TRIALS} trials, alternating; ratios are medians of those of each pair.`,
      columns: [
        'what',
        'alerts of a run',
        'wall, none',
        'wall, three',
        'ratio',
        'CPU, none',
        'CPU, three',
        'ratio of CPU',
      ],
      rows,
    };
  } finally {
    await receiver.close();
  }
}

interface Receiver {
  readonly url: string;
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

async function startReceiver(): Promise<Receiver> {
  let received = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received += 1;
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function measureCase({ name, work, events, alerts, target }: Case, receiver: Receiver): Promise<string[]> {
  const without = await Measured.start(work, {});
  const withThree = await Measured.start(work, { alerts: threeChannels(receiver.url, events) });
  const trials: Record<'none' | 'three', Trial[]> = { none: [], three: [] };
  try {
    for (let trial = 0; trial <= TRIALS; trial += 1) {
      const wanted = receiver.count() + alerts * RUNS;
      const none = await without.trial(() => true);
      const three = await withThree.trial(() => receiver.count() >= wanted);
      if (receiver.count() !== wanted) throw new Error(`${name}: ${receiver.count()} of ${wanted} alerts arrived`);
      // The first round warms the disk cache and the code.
      if (trial === 0) continue;
      trials.none.push(none);
      trials.three.push(three);
    }
  } finally {
    await without.stop();
    await withThree.stop();
  }
  const [none, three] = [typical(trials.none), typical(trials.three)];
  // Of the trials that were measured one after the other: the machine may be busier in others.
  const inPairs = (what: 'wallMs' | 'cpuMs'): number =>
    median(trials.three.map((trial, index) => trial[what] / (trials.none[index]?.[what] ?? trial[what])));
  return [
    ...[name, String(alerts), ms(none.wallMs), ms(three.wallMs), ratio(inPairs('wallMs'), 1, target)],
    ...[ms(none.cpuMs), ms(three.cpuMs), ratio(inPairs('cpuMs'), 1, target)],
  ];
}

/** A running `serve` with one task. */
class Measured {
  readonly product: RunningProduct;
  readonly #directory: DataDirectory;
  #fired = 0;

  private constructor(product: RunningProduct, directory: DataDirectory) {
    this.product = product;
    this.#directory = directory;
  }

  static async start(work: Work, settings: Readonly<Record<string, unknown>>): Promise<Measured> {
    const directory = new DataDirectory([{ cron: CRON, tasks: 1, work }], settings);
    return new Measured(await RunningProduct.start('node', directory.path), directory);
  }

  /** @param isDone whether what the runs cause has ended */
  async trial(isDone: () => boolean): Promise<Trial> {
    return watched(this.product.pid, async () => {
      const startedAt = performance.now();
      for (let run = 0; run < RUNS; run += 1) await this.#fire();
      const wallMs = performance.now() - startedAt;
      const deadline = Date.now() + ARRIVAL_MS;
      await pause(AFTER_MS);
      while (!isDone() && Date.now() < deadline) await pause(100);
      return wallMs;
    });
  }

  async #fire(): Promise<void> {
    const slot = slotOf((this.#fired += 1));
    const { executions } = await this.product.control.call('timing.run', { timingId: timingIdOf(0), slot });
    if (executions.length !== 1) throw new Error(`${executions.length} runs of slot ${slot}`);
  }

  async stop(): Promise<void> {
    await this.product.stop();
    this.#directory.remove();
  }
}

function threeChannels(url: string, events: readonly string[]): object {
  return {
    channels: {
      hook: { kind: 'webhook', url: `${url}/hook` },
      phone: { kind: 'webhook', template: 'ntfy', url: `${url}/topic` },
      chat: { kind: 'webhook', template: 'slack', url: `${url}/slack` },
    },
    rules: [{ events, channels: ['hook', 'phone', 'chat'], everyTime: true }],
  };
}

/** Both at the same time, with nothing due. */
async function measureIdle(url: string, minutes: number): Promise<string[]> {
  const without = await Measured.start(shellTrue, {});
  const withThree = await Measured.start(shellTrue, { alerts: threeChannels(url, ['failed', 'missed', 'late']) });
  const both = [without, withThree];
  const shares: number[][] = [[], []];
  try {
    // Excludes the cost of starting.
    await pause(15_000);
    for (let minute = 0; minute < minutes; minute += 1) {
      const before = both.map(({ product }) => treeUsage(product.pid).cpuMs);
      await pause(60_000);
      for (const [index, { product }] of both.entries())
        shares[index]?.push(treeUsage(product.pid).cpuMs - (before[index] ?? 0));
    }
  } finally {
    await without.stop();
    await withThree.stop();
  }
  const [none = 0, three = 0] = shares.map(median);
  return ['a minute without a run', '0', '', '', '', ms(none), ms(three), `${ms(three - none)} more`];
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
