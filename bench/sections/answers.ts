import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ms, ratio } from '../measure/report.ts';
import type { Table } from '../measure/report.ts';
import { median } from '../measure/statistics.ts';
import { headlessEntry } from '../paths.ts';
import { DataDirectory, shellTrue } from '../product/schedule.ts';

const GROUPS = 1000;
const TASKS_PER_GROUP = 10;

interface Comparison {
  readonly what: string;
  readonly against: string;
  readonly target: number;
  /** Returns the wall time in ms, as `ours` does. */
  raw(): Promise<number>;
  ours(): Promise<number>;
}

/** Measures answers to a shell and to an agent in plain Node, alternating with the raw cost of the same work. */
export async function measureAnswers(repeats: number): Promise<Table> {
  const groups = Array.from({ length: GROUPS }, (_, index) => ({
    cron: `${index % 60} ${Math.floor(index / 60) % 24} 1 1 *`,
    tasks: TASKS_PER_GROUP,
    work: shellTrue,
  }));
  const directory = new DataDirectory(groups);
  const rows: string[][] = [];
  try {
    for (const comparison of comparisons(directory.path)) {
      const [raw, ours]: [number[], number[]] = [[], []];
      // The first round warms the disk cache.
      for (let repeat = 0; repeat <= repeats; repeat += 1) {
        const [rawMs, oursMs] = [await comparison.raw(), await comparison.ours()];
        if (repeat === 0) continue;
        raw.push(rawMs);
        ours.push(oursMs);
      }
      const verdict = ratio(median(ours), median(raw), comparison.target);
      rows.push([comparison.what, comparison.against, ms(median(raw)), ms(median(ours)), verdict]);
    }
  } finally {
    directory.remove();
  }
  const note = `${GROUPS * TASKS_PER_GROUP} tasks; median of ${repeats} runs each. No app is running.`;
  return { title: 'Answers to a shell and an agent', note, columns: ['work', 'against', 'raw', 'ours', 'ratio'], rows };
}

function comparisons(dataDir: string): Comparison[] {
  const schedule = JSON.stringify(join(dataDir, 'schedule.json'));
  const read = `JSON.parse(require('node:fs').readFileSync(${schedule}, 'utf8'))`;
  return [
    {
      what: '`list --json`, plain Node',
      against: '`node -e`: read and parse the same file',
      target: 3,
      raw: () => wholeRun(['-e', read]),
      ours: () => wholeRun([headlessEntry, 'list', '--json', '--data-dir', dataDir]),
    },
    {
      what: 'first answer to `tools/list` of `mcp`, plain Node',
      against: '`node -e 0`',
      target: 6,
      raw: () => wholeRun(['-e', '0']),
      ours: () => firstToolsList(dataDir),
    },
  ];
}

async function wholeRun(args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  await ended(child);
  return performance.now() - startedAt;
}

/** Returns the time from the start of the server to its answer, in ms, without its shutdown. */
async function firstToolsList(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [headlessEntry, 'mcp', '--data-dir', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const clientInfo = { name: 'bench', version: '1' };
  const send = (message: object): void => void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/list' });
  let output = '';
  const answered = new Promise<number>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (/"id":2[,}]/.test(output)) resolve(performance.now() - startedAt);
    });
  });
  const gone = ended(child).then(() => Promise.reject(new Error(`the MCP server ended without an answer: ${output}`)));
  const wallMs = await Promise.race([answered, gone]);
  gone.catch(() => undefined);
  child.stdin.end();
  await new Promise((resolve) => (child.exitCode === null ? child.once('close', resolve) : resolve(null)));
  return wallMs;
}

async function ended(child: ChildProcess): Promise<void> {
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} exited ${String(code)}`);
}
