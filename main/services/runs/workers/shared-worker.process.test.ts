import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ForkHost } from '../../../adapters/process/fork-host.ts';
import { builtWorker } from '../../../testing/built-worker.ts';
import { processesWith } from '../../../testing/proc-facts.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import type { WorkerProcess } from '../../../ports/process-host.ts';

/** The real runner; `workers` are the processes that it started. */
async function fixture() {
  const real = new ForkHost(await builtWorker());
  const workers: WorkerProcess[] = [];
  const start: ForkHost['start'] = (options) => {
    const worker = real.start(options);
    workers.push(worker);
    return worker;
  };
  const host = Object.assign(Object.create(real) as ForkHost, { start });
  const runs = await runnerFixture({ host, times: { graceMs: 300, reportMs: 5000 } });
  const shell = (command: string, more = {}) => runs.start('shell:run', { command }, { shared: true, ...more });
  return { ...runs, workers, shell };
}

/** Argument of processes without the mark, so that the test finds them. */
const unmarked = `6000.${process.pid}`;

type Fixture = Awaited<ReturnType<typeof fixture>>;
const running = (run: ReturnType<Fixture['shell']>) =>
  expect.poll(() => run.log(), { timeout: 20_000 }).toMatch(/ out up\n/);

describe('runs in one worker', () => {
  it('have their own outcome, log, folder and variables', async () => {
    const { shell, workers, runner } = await fixture();
    const runs = Array.from({ length: 50 }, (_, n) =>
      shell(`echo "line ${n} $N $NCP_EXECUTION_ID"; exit $((${n} % 3))`, {
        env: { PATH: '/bin:/usr/bin', N: `n${n}` },
      }),
    );
    const results = await Promise.all(runs.map(({ finished }) => finished));
    expect(results.map(({ exitCode }) => exitCode)).toEqual(runs.map((_, n) => n % 3));
    for (const [n, run] of runs.entries()) expect(run.log()).toContain(` out line ${n} n${n} ${run.executionId}\n`);
    expect(workers).toHaveLength(1);
    runner.close();
  });

  it('are ended one by one, each with all of its processes', async () => {
    const { shell, runner } = await fixture();
    const stubborn = shell(
      `trap '' TERM; setsid sleep 600 & env -i /bin/sleep ${unmarked} & echo up; while :; do sleep 1; done`,
    );
    const patient = shell('echo up; sleep 2; echo down');
    const tooLong = shell('echo up; sleep 600', { timeoutMs: 1000 });
    await Promise.all([running(stubborn), running(patient)]);
    stubborn.cancel('cancelled');
    expect(await stubborn.finished).toMatchObject({ status: 'cancelled' });
    expect(processesWith(stubborn.executionId)).toEqual([]);
    expect(processesWith(`/bin/sleep ${unmarked}`)).toEqual([]);
    expect(await tooLong.finished).toMatchObject({ status: 'timeout' });
    expect(await patient.finished).toMatchObject({ status: 'success' });
    expect(patient.log()).toContain(' out down\n');
    runner.close();
  });
});

describe('the end of the worker', () => {
  it('by a kill interrupts its runs and leaves none of their processes', async () => {
    const { shell, workers } = await fixture();
    const runs = [
      shell('echo up; sleep 600'),
      shell('echo up; setsid sleep 600 & sleep 600'),
      // It has neither the mark nor its parent once the worker is gone: the worker said that it leads a group.
      shell(`echo up; exec env -i /bin/sleep ${unmarked}`),
    ];
    await Promise.all(runs.map(running));
    process.kill(workers[0]?.pid ?? 0, 'SIGKILL');
    for (const run of runs) {
      expect(await run.finished).toMatchObject({ status: 'interrupted', error: { code: 'worker/shared-ended' } });
      expect(processesWith(run.executionId)).toEqual([]);
    }
    expect(processesWith(`/bin/sleep ${unmarked}`)).toEqual([]);
  });

  it('comes with that of its owner: it stops its tasks and says so in their logs', async () => {
    const dir = temporaryDir();
    const specOf = (id: string) => ({
      ...{ executionId: `${id}-${process.pid}-${Date.now()}`, taskName: id, tool: 'shell:run', mcpServer: null },
      parameters: { command: 'echo up; sleep 600' },
      ...{ workingDirectory: dir, env: { PATH: process.env['PATH'] ?? '' }, logPath: join(dir, `${id}.log`) },
      ...{ outputLimitBytes: 1_000_000, timeoutMs: 60_000 },
    });
    const specs = ['a', 'b'].map(specOf);
    const parent = join(dir, 'parent.mjs');
    const messages = specs.map((spec) => ({ type: 'run', spec, shared: true }));
    writeFileSync(
      parent,
      `import { fork } from 'node:child_process';
       const worker = fork(${JSON.stringify(await builtWorker())}, [], { stdio: 'ignore' });
       for (const message of ${JSON.stringify(messages)}) worker.send(message);
       worker.on('message', (message) => process.send(message));`,
    );
    const child = fork(parent, [], { stdio: 'ignore', execArgv: [] });
    const up = new Set<string>();
    await new Promise<void>((resolve) =>
      child.on('message', ({ type, executionId }: { type: string; executionId: string }) => {
        if (type === 'log' && up.add(executionId).size === specs.length) resolve();
      }),
    );
    child.kill('SIGKILL');
    const left = () => specs.flatMap(({ executionId }) => processesWith(executionId));
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
    for (const { logPath } of specs) {
      const log = () => readFileSync(logPath, 'utf8');
      // A task that ends at once is not interrupted any more when its worker gives up.
      const ended =
        / out up\n.* sys Stopping: the NCP Scheduler process that ran it has ended\n.* sys (Interrupted|Cancelled)/s;
      await expect.poll(log, { timeout: 20_000 }).toMatch(ended);
    }
  });
});
