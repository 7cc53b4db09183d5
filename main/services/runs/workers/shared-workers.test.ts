import { beforeEach, describe, expect, it } from 'vitest';
import { MIB, runnerRig, sharedDone } from '../../../testing/runner-rig.ts';
import type { RunnerRig } from '../../../testing/runner-rig.ts';

let rig: RunnerRig;
beforeEach(() => {
  rig = runnerRig();
});

const start = (id: string) => rig.start({ shared: true }, 'shell:run', id);
const first = () => rig.host.workers[0] ?? rig.host.last;
const started = (...ids: string[]) => {
  for (const executionId of ids) first().says({ type: 'started', executionId });
};

describe('a shared worker', () => {
  it('serves several runs at once, and goes on when one of them has ended', async () => {
    const [a, b] = [start('a'), start('b')];
    expect(rig.host.workers).toHaveLength(1);
    expect(first().sent).toMatchObject([
      { type: 'run', spec: { executionId: 'a' }, shared: true },
      { type: 'run', spec: { executionId: 'b' }, shared: true },
    ]);
    started('a', 'b');
    first().says(sharedDone('b'));
    await rig.settle();
    expect([a.result(), b.result()]).toMatchObject([null, { status: 'success' }]);
    expect(first().killed).toBe(false);
    first().says(sharedDone('a'));
    await rig.settle();
    expect(a.result()).toMatchObject({ status: 'success' });
    // Its pid is not the run's: stopping the processes below it would stop those of other runs.
    expect(a.pids).toEqual([]);
  });

  it('cancels one run, whose processes are found by their mark', async () => {
    start('a');
    start('b').cancel('cancelled');
    expect(first().sent.at(-1)).toEqual({ type: 'cancel', executionId: 'b', reason: 'cancelled' });
    first().says({ type: 'process', executionId: 'b', pid: 77 });
    rig.clock.advance(5000);
    expect(rig.signals).toEqual(['leads 0 b 77', 'SIGKILL 0 b']);
  });

  it('that dies interrupts its runs, and what they started is killed', async () => {
    const [a, b] = [start('a'), start('b')];
    started('a', 'b');
    first().exits({ code: null, signal: 'SIGSEGV' });
    await rig.settle();
    const error = { code: 'worker/shared-ended' };
    expect([a.result(), b.result()]).toMatchObject([
      { status: 'interrupted', error },
      { status: 'interrupted', error },
    ]);
    expect(a.result()?.error?.message).toContain('shared worker that ran this task ended: ended by SIGSEGV');
    expect(rig.signals).toEqual(['SIGKILL 0 a', 'SIGKILL 0 b']);
    expect(rig.clock.pending()).toEqual([]);
  });

  it('that dies before it began a run does that run no harm: a worker of its own runs it', async () => {
    const a = start('a');
    first().exits();
    expect(rig.host.workers).toHaveLength(2);
    expect(rig.host.last.sent).toEqual([{ type: 'run', spec: { ...rig.spec, executionId: 'a' } }]);
    rig.host.last.says({ type: 'started', executionId: 'a' });
    rig.host.last.says(sharedDone('a'));
    rig.host.last.exits();
    await rig.settle();
    expect(a.result()).toMatchObject({ status: 'success' });
  });

  it('that dies while no other worker can be started fails each of its waiting runs, and says why', async () => {
    const [a, b] = [start('a'), start('b')];
    rig.host.start = () => {
      throw new Error('spawn ENOMEM');
    };
    first().exits();
    await rig.settle();
    const message = 'The worker could not be started: spawn ENOMEM';
    const result = { status: 'failure', error: { code: 'worker/not-started', message } };
    expect([a.result(), b.result()]).toMatchObject([result, result]);
    expect(rig.clock.pending()).toEqual([]);
  });

  it('that does not end a run on request loses that run alone, and gets no more', async () => {
    const [a, b] = [start('a'), start('b')];
    started('a', 'b');
    a.cancel('timeout');
    rig.clock.advance(5000 + 2000);
    await rig.settle();
    expect([a.result(), b.result()]).toMatchObject([{ status: 'timeout' }, null]);
    start('c');
    expect(rig.host.workers).toHaveLength(2);
    expect(first().killed).toBe(false);
    first().says(sharedDone('b'));
    await rig.settle();
    expect(first().killed).toBe(true);
  });

  it('that hangs is killed when it does not begin a run, which then gets a worker of its own', async () => {
    const a = start('a');
    started('a');
    start('b');
    rig.clock.advance(20_000);
    await rig.settle();
    expect(first().killed).toBe(true);
    expect(a.result()).toMatchObject({ status: 'interrupted' });
    expect(rig.host.last.sent).toMatchObject([{ type: 'run', spec: { executionId: 'b' } }]);
  });
});

describe('a shared worker is replaced', () => {
  const run = async (id: string, workerBytes?: number) => {
    start(id);
    rig.host.last.says({ type: 'started', executionId: id });
    rig.host.last.says(sharedDone(id, workerBytes));
    await rig.settle();
  };

  it('when it has grown too much', async () => {
    await run('a');
    await run('b', 400 * MIB);
    expect(first().killed).toBe(true);
    await run('c');
    expect(rig.host.workers).toHaveLength(2);
  });

  it('after a thousand runs', async () => {
    for (let n = 0; n < 1001; n += 1) await run(`e${n}`);
    expect(rig.host.workers.map(({ killed }) => killed)).toEqual([true, false]);
  });

  it('when it had nothing to do for longer than the minute between two slots', async () => {
    await run('a');
    rig.clock.advance(60_000);
    await run('b');
    rig.clock.advance(89_999);
    expect(first().killed).toBe(false);
    rig.clock.advance(1);
    expect(first().killed).toBe(true);
    expect(rig.clock.pending()).toEqual([]);
  });

  it('by a second one while it runs as many as it may', () => {
    for (let n = 0; n < 65; n += 1) start(`e${n}`);
    expect(rig.host.workers.map(({ sent }) => sent.length)).toEqual([64, 1]);
  });
});

it('an idle worker becomes the shared one', async () => {
  rig.runner.warm(['shell:run'], false);
  start('a');
  rig.runner.warm([], true);
  expect(rig.host.workers.map(({ name }) => name)).toEqual(['warm-1']);
  rig.runner.close();
  expect(first().killed).toBe(false);
  started('a');
  first().says(sharedDone('a'));
  await rig.settle();
  rig.runner.close();
  expect(first().killed).toBe(true);
});
