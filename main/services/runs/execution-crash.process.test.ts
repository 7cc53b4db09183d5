import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ForkHost } from '../../adapters/process/fork-host.ts';
import { builtWorker } from '../../testing/built-worker.ts';
import { processesWith } from '../../testing/proc-facts.ts';
import { runnerFixture } from '../../testing/runner-fixture.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { workerScript } from '../../testing/worker-script.ts';

/** Returns a worker that starts a child of its task, reports that, and then crashes by `end`. */
const crashing = (end: string) =>
  workerScript(`
    import { spawn } from 'node:child_process';
    process.on('message', ({ type, spec }) => {
      if (type !== 'run') return;
      spawn('sleep', ['600'], { env: { PATH: process.env.PATH, NCP_EXECUTION_ID: spec.executionId }, detached: true, stdio: 'ignore' });
      process.send({ type: 'started', executionId: spec.executionId });
      setTimeout(() => { ${end} }, 200);
    });
  `);

describe('a worker that crashes is one failed execution, and everything it started is stopped', () => {
  it.each([
    ['an uncaught error', `throw new RangeError('the reason');`, /RangeError: the reason/],
    ['an unhandled rejection', `Promise.reject(new Error('no handler'));`, /no handler/],
    ['V8 out of memory', `const all = []; for (;;) all.push(new Array(1e6).fill(all.length));`, /V8 ran out of memory/],
    ['a native abort', `process.abort();`, /SIGABRT/],
    ['an early exit with 0', `process.exit(0);`, /exit code 0/],
    ['an invalid message', `process.send({ type: 'done', outcome: 'great' });`, /does not fit its schema/],
  ])('by %s', async (_name, end, reason) => {
    const { start } = await runnerFixture({ host: new ForkHost(crashing(end)) });
    const run = start('shell:run', {});
    const result = await run.finished;
    expect(result.status).toBe('failure');
    expect(result.error?.code).toMatch(/^worker\//);
    expect(result.error?.message).toMatch(reason);
    expect(processesWith(run.executionId)).toEqual([]);
  });
});

describe('a worker whose parent has died', () => {
  const orphan = async (command: string) => {
    const dir = temporaryDir();
    const id = `orphan-${process.pid}-${Date.now()}`;
    const spec = {
      executionId: id,
      taskName: 'A task',
      tool: 'shell:run',
      parameters: { command },
      workingDirectory: dir,
      env: { PATH: process.env['PATH'] ?? '' },
      logPath: join(dir, 'e1.log'),
      outputLimitBytes: 1_000_000,
      timeoutMs: 60_000,
      mcpServer: null,
    };
    const parent = join(dir, 'parent.mjs');
    writeFileSync(
      parent,
      `import { fork } from 'node:child_process';
       const worker = fork(${JSON.stringify(await builtWorker())}, [], { stdio: 'ignore' });
       worker.send(${JSON.stringify({ type: 'run', spec })});
       worker.on('message', (message) => process.send({ ...message, worker: worker.pid }));`,
    );
    const child = fork(parent, [], { stdio: 'ignore', execArgv: [] });
    let worker = 0;
    await new Promise<void>((resolve) =>
      child.on('message', (message: { type: string; worker: number }) => {
        worker = message.worker;
        if (message.type === 'log') resolve();
      }),
    );
    child.kill('SIGKILL');
    const alive = () =>
      processesWith(id).length + processesWith('worker.js').filter(({ pid }) => pid === worker).length;
    return { alive, log: () => readFileSync(spec.logPath, 'utf8') };
  };

  it('stops its task, logs that, and exits', async () => {
    const { alive, log } = await orphan('echo up; sleep 600');
    await expect.poll(alive, { timeout: 20_000 }).toBe(0);
    expect(log()).toMatch(/ out up\n.* sys .*the NCP Scheduler process that ran it has ended/s);
  });

  it('kills what does not stop', async () => {
    const { alive } = await orphan(`trap '' TERM; echo up; while :; do sleep 1; done`);
    await expect.poll(alive, { timeout: 20_000 }).toBe(0);
  });
});

describe('many runs at once', () => {
  it('have fifty outcomes, each with its own log', async () => {
    const { start, runner } = await runnerFixture();
    runner.warm(Array<string>(10).fill('shell:run'), false);
    const runs = Array.from({ length: 50 }, (_, i) =>
      start('shell:run', { command: `echo line ${i}; exit $((${i} % 3))` }),
    );
    const results = await Promise.all(runs.map(({ finished }) => finished));
    expect(results.map(({ exitCode }) => exitCode)).toEqual(runs.map((_, i) => i % 3));
    expect(results.map(({ status }) => status)).toEqual(runs.map((_, i) => (i % 3 === 0 ? 'success' : 'failure')));
    for (const [i, run] of runs.entries()) expect(run.log()).toContain(` out line ${i}\n`);
  });
});
