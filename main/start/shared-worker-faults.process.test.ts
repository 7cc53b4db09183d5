import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Task } from '../contract/task.ts';
import type { Execution } from '../contract/execution.ts';
import { fireFixture, type FireFixture } from '../testing/fire-fixture.ts';
import { serveHttp } from '../testing/http-servers/http-servers.ts';
import { processesWith } from '../testing/proc-facts.ts';

const rounds = process.env['TEST_DEEP'] === '1' ? 200 : 6;
const minute = 60_000;
const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomNumbers(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a run can be: three share a worker (one is retried), one has its own, one asks a server. */
const retried = { retries: { count: 1, delayMs: 0, jitter: 0 } };
const ownWorker = 3;
const request = 4;
const tasksOf = (url: string): Partial<Task>[] => [
  {},
  {},
  { policies: { ...retried, overlap: 'allow-all', catchUp: 'all' } },
  { policies: { worker: 'own', overlap: 'allow-all', catchUp: 'all' } },
  { tool: 'http:request', parameters: { url } },
];

/** Returns the pids of the children of a process, or none if it has ended. */
function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  try {
    return readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It has just ended, which is no worse a moment than any other.
  }
}

type Fault = (owner: number, pick: <T>(from: readonly T[]) => T | undefined) => Promise<void>;

/** Stopped for long enough that everything else goes on meanwhile. */
const pause: (pid: number | undefined) => Promise<void> = async (pid) => {
  signal(pid, 'SIGSTOP');
  await delay(400);
  signal(pid, 'SIGCONT');
};
const shellsOf = (owner: number): number[] => childrenOf(owner).flatMap(childrenOf);

const faults: Readonly<Record<string, Fault>> = {
  'kill a worker': async (owner, pick) => signal(pick(childrenOf(owner)), 'SIGKILL'),
  'stop a worker': (owner, pick) => pause(pick(childrenOf(owner))),
  'kill a shell': async (owner, pick) => signal(pick(shellsOf(owner)), 'SIGKILL'),
  'stop a shell': (owner, pick) => pause(pick(shellsOf(owner))),
  'kill the owner': async (owner) => signal(owner, 'SIGKILL'),
  'stop the owner': (owner) => pause(owner),
};

/** Makes the folder of the logs unusable while `run` goes on, as a broken disk does. */
async function withoutLogs(fixture: FireFixture, run: () => Promise<void>): Promise<void> {
  const logs = join(fixture.dir, 'data', 'logs');
  if (existsSync(logs)) renameSync(logs, `${logs}.away`);
  writeFileSync(logs, '');
  await run();
  rmSync(logs);
  if (existsSync(`${logs}.away`)) renameSync(`${logs}.away`, logs);
}

it(`${rounds} random faults (seed ${seed}) leave every run of a shared worker with a true outcome`, async () => {
  const random = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const url = await serveHttp((_request, response) => void setTimeout(() => response.end('ok'), 200));
  const firstMs = Math.floor(Date.now() / minute) * minute - (rounds + 60) * minute;
  const slotOf = (round: number) => new Date(firstMs + round * minute).toISOString();
  const tasks = tasksOf(url);
  const groups = ['* * * * *', '*/1 * * * *', '0-59 * * * *', '0-59/1 * * * *', '0-30,31-59 * * * *'];
  const createdAt = new Date(firstMs - minute / 2).toISOString();
  const task = { seconds: 0.2, createdAt, policies: { catchUp: 'all', overlap: 'allow-all' } } as const;
  const fixture = await fireFixture(groups, task, (n) => tasks[n] ?? {});
  const written = () => fixture.taskIds.reduce((sum, id) => sum + fixture.wrote(id).length, 0);
  const round = async (n: number, fault: Fault | null): Promise<void> => {
    const go = fixture.go(`go-${n}`);
    const { child, ended, said } = fixture.fire(slotOf(n), go.path);
    await said('ready');
    const before = written();
    go.now();
    // Mostly while commands run, and sometimes before.
    if (fault !== null && random() < 0.8) {
      await expect.poll(written, { timeout: 30_000, interval: 2 }).toBeGreaterThan(before);
      await delay(random() * 200);
    } else await delay(random() * 500);
    await fault?.(child.pid ?? 0, pick);
    await ended;
  };
  for (let n = 0; n < rounds; n += 1) {
    const name = pick([...Object.keys(faults), 'no logs']) ?? '';
    if (name === 'no logs') await withoutLogs(fixture, () => round(n, null));
    else await round(n, faults[name] ?? null);
  }
  await round(rounds, null);
  const seen = check(
    fixture,
    Array.from({ length: rounds + 1 }, (_, n) => slotOf(n)),
  );
  await expect.poll(() => processesWith(fixture.dir), { timeout: 20_000 }).toEqual([]);
  const counted = [...new Set(seen)].map((what) => `${seen.filter((each) => each === what).length} ${what}`);
  process.stdout.write(`${rounds} faults, seed ${seed}: ${counted.join(', ')}\n`);
});

/** Checks the ledger against what the tasks wrote, and returns the outcomes of all runs. */
function check(fixture: FireFixture, slots: readonly string[]): string[] {
  const ledger = fixture.ledger();
  try {
    expect(ledger.running()).toEqual([]);
    return fixture.taskIds.flatMap((taskId, index) => {
      const records = ledger.slots(taskId, slots[0] ?? '');
      expect(records.map(({ slot, state }) => [slot, state])).toEqual(slots.map((slot) => [slot, 'claimed']));
      const claimed = new Set(records.map(({ executionId }) => executionId));
      const wrote = fixture.wrote(taskId);
      const started = wrote.filter(({ what }) => what === 'start').map(({ executionId }) => executionId);
      expect(started, 'no run starts its command twice').toHaveLength(new Set(started).size);
      const ids = [...new Set([...claimed, ...started])];
      const runs = ids.map((id) => ledger.get(id ?? '')).filter((run) => run !== null);
      expect(runs).toHaveLength(ids.length);
      for (const run of runs) {
        expect(processesWith(run.executionId)).toEqual([]);
        checkRun(run, index, wrote.filter(({ executionId }) => executionId === run.executionId).length);
        // What was not claimed is a retry, and only the third task has retries.
        if (!claimed.has(run.executionId)) expect([run.attempt, taskId]).toEqual([2, 't2']);
      }
      return runs.map(({ status, error }) => (error === null ? status : `${status} ${error.code}`));
    });
  } finally {
    ledger.close();
  }
}

/** @param lines how much the command of the run has written: 2 if it ended by itself. */
function checkRun({ status, error, attempt, executionId }: Execution, task: number, lines: number): void {
  if (status === 'success') {
    if (task !== request) expect(lines, `${executionId} succeeded, so its command ended by itself`).toBe(2);
    return;
  }
  const owner = ['execution/interrupted'];
  const shared = task === ownWorker || attempt > 1 ? ['worker/crashed'] : ['worker/shared-ended'];
  const own = ['shell/signal', 'shell/exit-code', 'execution/log-not-writable', 'execution/log-incomplete'];
  expect([...owner, ...shared, ...own]).toContain(error?.code);
  const isInterrupted = error?.code === 'execution/interrupted' || error?.code === 'worker/shared-ended';
  expect(status).toBe(isInterrupted ? 'interrupted' : 'failure');
}
