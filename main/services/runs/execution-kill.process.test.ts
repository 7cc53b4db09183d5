import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processesWith } from '../../testing/proc-facts.ts';
import { runnerFixture } from '../../testing/runner-fixture.ts';

/** Scripts that try to outlive their run in different ways. `$TOKEN` marks their processes, whatever the environment. */
const hostile: Record<string, string> = {
  'a plain background child': `sleep 6$TOKEN & echo up; wait`,
  'one that ignores TERM': `trap '' TERM; sh -c "trap '' TERM; while :; do sleep 6$TOKEN; done" & echo up; while :; do sleep 6$TOKEN; done`,
  'one in a session of its own': `setsid sleep 6$TOKEN & echo up; wait; sleep 6$TOKEN`,
  'a double-forked daemon': `(setsid sh -c "sleep 6$TOKEN & sleep 6$TOKEN" >/dev/null 2>&1 </dev/null &) ; echo up; sleep 6$TOKEN`,
  'a daemon with a cleared environment': `env -i /bin/sh -c "/bin/sleep 6$TOKEN & /bin/sleep 6$TOKEN" & echo up; sleep 6$TOKEN`,
  'a stopped one': `sh -c 'kill -STOP $$; sleep 6$TOKEN' & echo up; sleep 6$TOKEN`,
  'one that stops itself': `echo up; kill -STOP $$; sleep 6$TOKEN`,
  'a fast forker': `echo up; while :; do sleep 6$TOKEN & done`,
  'a chain that forks and dies': `echo up; f() { sleep 0.01; f & }; f; sleep 6$TOKEN`,
  'one that starts more when asked to end': `trap 'setsid sleep 6$TOKEN & setsid sleep 6$TOKEN &' TERM; echo up; while :; do sleep 1; done`,
};

const times = { graceMs: 700, reportMs: 1000 };
const token = () => String(Math.floor(Math.random() * 1e9)).padStart(9, '0');

describe('no process survives', () => {
  describe.each(Object.entries(hostile))('%s', (name, script) => {
    // Limits the number of processes, because a fork bomb would block the whole machine.
    const limited =
      name === 'a fast forker'
        ? `ulimit -u 400 2>/dev/null; n=0; ${script.replace('&', '& n=$((n+1)); [ $n -gt 150 ] && sleep 6$TOKEN;')}`
        : script;

    it.each(['cancelled', 'timeout', 'quit'] as const)('when stopped by %s', async (reason) => {
      const { start } = await runnerFixture({ times });
      const mark = token();
      const run = start('shell:run', { command: limited.replaceAll('$TOKEN', mark) });
      await expect.poll(run.log, { timeout: 20_000 }).toContain(' out up');
      run.cancel(reason);
      const result = await run.finished;
      expect(processesWith(`6${mark}`)).toEqual([]);
      expect(processesWith(run.executionId)).toEqual([]);
      expect(result.status).toBe(reason === 'timeout' ? 'timeout' : 'cancelled');
      expect(result.error?.code).toBe(`execution/${reason}`);
    });
  });

  it('when the main process ended and left some behind, which the log says', async () => {
    const { start } = await runnerFixture();
    const mark = token();
    const run = start('shell:run', { command: `setsid sleep 6${mark} & sleep 6${mark} & echo started` });
    const result = await run.finished;
    expect(processesWith(`6${mark}`)).toEqual([]);
    expect(result).toMatchObject({ status: 'success', exitCode: 0 });
    expect(run.log()).toMatch(
      / sys The main process ended and left 2 in the background; ending them now: sleep \(\d+\)/,
    );
  });

  it('when a leftover process has cleared its environment and lost its parent', async () => {
    const { start } = await runnerFixture();
    const mark = token();
    const run = start('shell:run', {
      command: `(env -i /bin/sh -c '/bin/sleep 6${mark} & /bin/sleep 6${mark} &' &); sleep 0.2`,
    });
    await run.finished;
    expect(processesWith(`6${mark}`)).toEqual([]);
    expect(run.log()).toContain('left 2 in the background');
  });

  it('when the worker itself is killed', async () => {
    const { start } = await runnerFixture({ times });
    const mark = token();
    const run = start('shell:run', { command: `setsid sleep 6${mark} & echo up; sleep 6${mark}` });
    await expect.poll(run.log, { timeout: 20_000 }).toContain('up');
    process.kill(run.workerPid() ?? 0, 'SIGKILL');
    const result = await run.finished;
    expect(processesWith(`6${mark}`)).toEqual([]);
    expect(result).toMatchObject({ status: 'failure', error: { code: 'worker/crashed' } });
    expect(result.error?.message).toContain('SIGKILL');
  });

  it('when the worker is stopped and does not respond', async () => {
    const { start } = await runnerFixture({ times });
    const mark = token();
    const run = start('shell:run', { command: `echo up; sleep 6${mark}` });
    await expect.poll(run.log, { timeout: 20_000 }).toContain('up');
    process.kill(run.workerPid() ?? 0, 'SIGSTOP');
    run.cancel('cancelled');
    expect(await run.finished).toMatchObject({ status: 'cancelled' });
    expect(processesWith(`6${mark}`)).toEqual([]);
  });
});

describe('the kill ladder', () => {
  it('lets a task end by itself at TERM, and keeps what it prints then', async () => {
    const { start } = await runnerFixture();
    const command = `trap 'echo saved; exit 0' TERM; echo up; while :; do sleep 0.05; done`;
    const run = start('shell:run', { command });
    await expect.poll(run.log, { timeout: 20_000 }).toContain('up');
    run.cancel('cancelled');
    const result = await run.finished;
    expect(result).toMatchObject({ status: 'cancelled', exitCode: 0 });
    expect(run.log()).toContain(' out saved\n');
  });

  it('waits five seconds by default before it kills', async () => {
    const { start } = await runnerFixture();
    const run = start('shell:run', { command: `trap '' TERM; echo up; while :; do sleep 0.1; done` });
    await expect.poll(run.log, { timeout: 20_000 }).toContain('up');
    const before = performance.now();
    run.cancel('cancelled');
    expect(await run.finished).toMatchObject({ status: 'cancelled', signal: 'SIGKILL' });
    expect(performance.now() - before).toBeGreaterThan(4900);
    // Three times the wait, because a busy machine may delay the end.
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  it('ends a run at its time limit, counted from its start', async () => {
    const { start } = await runnerFixture();
    const run = start('shell:run', { command: 'echo up; sleep 600' }, { timeoutMs: 5000 });
    const result = await run.finished;
    expect(result).toMatchObject({ status: 'timeout', error: { code: 'execution/timeout' } });
    expect(result.error?.message).toContain('limit of 5 s');
    expect(run.log()).toContain(' out up\n');
  });

  it('ends a run whose processes use too much memory, and says how much', async () => {
    const { start } = await runnerFixture({ times: { sampleMs: 100 } });
    const hog = `node -e "const all=[];setInterval(()=>all.push(Buffer.alloc(8e6,1)),5)" & wait`;
    const run = start('shell:run', { command: hog }, { memoryBytes: 200 * 1024 ** 2 });
    const result = await run.finished;
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/memory-limit' } });
    expect(result.peakMemoryBytes).toBeGreaterThan(200 * 1024 ** 2);
    expect(processesWith(run.executionId)).toEqual([]);
  });

  it('ends a run that has too many processes, and says how many', async () => {
    const { start } = await runnerFixture({ times: { sampleMs: 100 } });
    const run = start('shell:run', { command: 'for i in 1 2 3 4 5 6; do sleep 600 & done; wait' }, { processes: 4 });
    const result = await run.finished;
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/process-limit' } });
    expect(result.error?.message).toMatch(/had [5-7] processes at once; its limit is 4\./);
    expect(processesWith(run.executionId)).toEqual([]);
  });

  it('ends a run that was cancelled before its worker was up', async () => {
    const { start } = await runnerFixture();
    const run = start('shell:run', { command: 'sleep 600' });
    run.cancel('cancelled');
    expect(await run.finished).toMatchObject({ status: 'cancelled' });
    expect(processesWith(run.executionId)).toEqual([]);
  });

  it('touches no other run', async () => {
    const { start } = await runnerFixture();
    const other = start('shell:run', { command: 'sleep 1.5; echo fine' });
    const run = start('shell:run', { command: 'echo up; sleep 600' });
    await expect.poll(run.log, { timeout: 20_000 }).toContain('up');
    run.cancel('cancelled');
    await run.finished;
    expect(await other.finished).toMatchObject({ status: 'success' });
    expect(other.log()).toContain('fine');
  });
});

describe('what a run uses', () => {
  it('is measured: memory of the tree at its peak, CPU of all that ended', async () => {
    const { start } = await runnerFixture({ times: { sampleMs: 50 } });
    const busy = `node -e "const b=Buffer.alloc(60e6,1);while(process.cpuUsage().user<300000);"`;
    const result = await start('shell:run', { command: `${busy} & ${busy} & wait` }).finished;
    expect(result.peakMemoryBytes).toBeGreaterThan(120e6);
    expect(result.cpuMs).toBeGreaterThan(400);
  });

  it('is reduced by a lower priority on request', async () => {
    const { start, dir } = await runnerFixture();
    writeFileSync(join(dir, 'nice.sh'), 'nice > nice.txt');
    await start('shell:run', { command: 'sh nice.sh' }, { nice: 7 }).finished;
    expect(readFileSync(join(dir, 'nice.txt'), 'utf8').trim()).toBe('7');
  });
});
