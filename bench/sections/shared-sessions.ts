import { mib, ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { RawProcess } from '../measure/raw-process.ts';
import { typical, watched } from '../measure/trial.ts';
import type { Trial } from '../measure/trial.ts';
import { everythingServer, rawScript } from '../paths.ts';
import { RunningProduct } from '../product/running-product.ts';
import { DataDirectory, mcpEcho, timingIdOf } from '../product/schedule.ts';

const TASKS = 50;
const REPEATS = 2;
/** Yearly, so that no slot becomes due during the measurement. */
const group = { cron: '0 0 1 1 *', tasks: TASKS, work: mcpEcho };
const slotOf = (index: number): string => `${2100 + index}-01-01T00:00:00.000Z`;

/** The first fire or measurement starts the server, the later ones find it. */
interface Rounds {
  readonly first: Trial;
  readonly later: Trial;
}

/** Measures 50 calls of one tool with a server for each run, and with one server that is kept. */
export async function measureSharedSessions(): Promise<Table> {
  const rawOwn = await rawRounds('mcp-clients');
  const own = await productRounds({});
  const rawShared = await rawRounds('mcp-session');
  const shared = await productRounds({ keep: '10m' });
  const row = (what: string, trial: Trial): string[] => [
    what,
    ms(trial.wallMs),
    ratio(trial.wallMs, rawOwn.later.wallMs),
    ratio(trial.wallMs, own.later.wallMs),
    ms(trial.cpuMs),
    mib(trial.peakBytes),
  ];
  return {
    title: '50 calls of one MCP tool: own servers and one that is kept',
    note: '`echo` of `server-everything` over stdio, by 50 tasks of a group that `serve` fires in plain Node without warm workers, by 50 bare SDK clients, and by one bare SDK client that sends 50 calls in one session. "First" includes the start of the server.',
    columns: ['calls', 'wall', 'to raw own', 'to ours own', 'CPU', 'peak'],
    rows: [
      row('raw, own servers', rawOwn.later),
      row('ours, own servers', own.later),
      row('raw, one session, first', rawShared.first),
      row('raw, one session, later', rawShared.later),
      row('ours, kept server, first', shared.first),
      row('ours, kept server, later', shared.later),
    ],
  };
}

async function rawRounds(script: string): Promise<Rounds> {
  const raw = await RawProcess.start(process.execPath, [rawScript(script), everythingServer]);
  try {
    return await rounds(() => watched(raw.pid, async () => Number((await raw.measure(String(TASKS)))['wallMs'])));
  } finally {
    await raw.end();
  }
}

async function productRounds(keep: Readonly<Record<string, string>>): Promise<Rounds> {
  const everything = { command: process.execPath, args: [everythingServer], ...keep };
  const directory = new DataDirectory([group], { warmWorkers: 0, mcpServers: { everything } });
  const product = await RunningProduct.start('node', directory.path);
  try {
    return await rounds((index) =>
      watched(product.pid, async () => void (await product.fire(timingIdOf(0), slotOf(index), TASKS))),
    );
  } finally {
    await product.stop();
    directory.remove();
  }
}

async function rounds(measure: (index: number) => Promise<Trial>): Promise<Rounds> {
  const first = await measure(0);
  const later: Trial[] = [];
  for (let index = 1; index <= REPEATS; index += 1) later.push(await measure(index));
  return { first, later: typical(later) };
}
