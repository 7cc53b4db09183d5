import { beforeEach, describe, expect, it } from 'vitest';
import { MIB, runnerRig } from '../../testing/runner-rig.ts';
import type { RunnerRig } from '../../testing/runner-rig.ts';

let rig: RunnerRig;
beforeEach(() => {
  rig = runnerRig();
});

describe('a successful run', () => {
  it('has one worker, which is named after the execution, told what to run, and acknowledged', async () => {
    const run = rig.start({ nice: 5 });
    expect(rig.host.last.name).toBe('e1');
    expect(rig.host.last.sent).toEqual([{ type: 'run', spec: rig.spec, nice: 5 }]);
    rig.started();
    rig.host.last.says({ type: 'log', executionId: 'e1', logBytes: 12 });
    rig.done({ result: { answer: 42 } });
    expect(rig.sent()).toEqual(['run', 'acknowledge']);
    expect(run.result()).toBeNull();
    rig.host.last.exits();
    await rig.settle();
    expect(run.result()).toMatchObject({
      status: 'success',
      exitCode: 0,
      result: { answer: 42 },
      logBytes: 35,
      cpuMs: 10,
      error: null,
    });
    expect(run).toMatchObject({ pids: [1001], logs: [12, 35] });
    expect(rig.signals).toEqual([]);
    expect(rig.freed).toEqual(['e1']);
    expect(rig.clock.pending()).toEqual([]);
  });

  it('has the line that it is still writing until it ends', async () => {
    rig.start();
    rig.started();
    rig.host.last.says({ type: 'live', executionId: 'e1', line: '2026-12-03T14:15:00.000Z out 10%' });
    expect(rig.live.of('e1')).toBe('2026-12-03T14:15:00.000Z out 10%');
    rig.done();
    rig.host.last.exits();
    await rig.settle();
    expect(rig.live.of('e1')).toBe('');
  });

  it('ends only after the worker has exited, which is killed if it does not exit', async () => {
    const run = rig.start();
    rig.started();
    rig.done();
    await rig.settle();
    expect(run.result()).toBeNull();
    rig.clock.advance(5000);
    await rig.settle();
    expect(rig.host.last.killed).toBe(true);
    expect(run.result()?.status).toBe('success');
  });

  it('is measured', async () => {
    const run = rig.start();
    rig.started();
    rig.clock.advance(500);
    await rig.settle();
    rig.memoryBytes = 30 * MIB;
    rig.clock.advance(500);
    await rig.settle();
    rig.memoryBytes = 20 * MIB;
    rig.clock.advance(500);
    await rig.settle();
    rig.done({ cpuMs: null });
    rig.host.last.exits();
    await rig.settle();
    expect(run.result()).toMatchObject({ peakMemoryBytes: 30 * MIB, cpuMs: 120 });
  });
});

describe('success needs all three: done, exit code 0, and no kill', () => {
  it('does not succeed without a report, whatever the exit code', async () => {
    const run = rig.start();
    rig.started();
    rig.host.last.exits({ code: 0 });
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/crashed' } });
    expect(rig.signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('does not succeed when the worker crashed after the report', async () => {
    const run = rig.start();
    rig.started();
    rig.done();
    rig.host.last.exits({ code: null, signal: 'SIGSEGV' });
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/crashed' } });
    expect(run.result()?.error?.message).toContain('SIGSEGV');
  });

  it('does not succeed when a kill was requested before the report', async () => {
    const run = rig.start();
    rig.started();
    run.cancel('cancelled');
    rig.done();
    rig.host.last.exits();
    await rig.settle();
    expect(run.result()?.status).toBe('cancelled');
  });

  it('stays a success when the cancel comes after the report', async () => {
    const run = rig.start();
    rig.started();
    rig.done();
    run.cancel('cancelled');
    rig.host.last.exits();
    await rig.settle();
    expect(run.result()?.status).toBe('success');
    expect(rig.sent()).toEqual(['run', 'acknowledge']);
  });

  it('names the reason of a crash if the host knows it', async () => {
    const run = rig.start();
    rig.started();
    rig.host.last.says({ type: 'log', executionId: 'e1', logBytes: 77 });
    rig.host.last.exits({ code: 134, failure: 'V8 ran out of memory' });
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', logBytes: 77 });
    expect(run.result()?.error?.message).toMatch(/V8 ran out of memory.*Other tasks are not affected/);
  });
});

describe('the kill ladder', () => {
  it('sends a message, after five seconds KILL to everything below, after two more KILL to the worker', async () => {
    const run = rig.start();
    rig.started();
    run.cancel('cancelled');
    expect(rig.host.last.sent.at(-1)).toEqual({ type: 'cancel', executionId: 'e1', reason: 'cancelled' });
    rig.clock.advance(4999);
    expect(rig.signals).toEqual([]);
    rig.clock.advance(1);
    expect(rig.signals).toEqual(['SIGKILL 1001 e1']);
    rig.clock.advance(1999);
    expect(rig.host.last.killed).toBe(false);
    rig.clock.advance(1);
    await rig.settle();
    expect(rig.host.last.killed).toBe(true);
    expect(run.result()).toMatchObject({ status: 'cancelled', error: { code: 'execution/cancelled' } });
  });

  it('ends early when the worker reports in time', async () => {
    const run = rig.start();
    rig.started();
    run.cancel('quit');
    rig.clock.advance(1000);
    const error = { code: 'execution/cancelled', message: 'Cancelled while the command ran.' };
    rig.done({ outcome: 'cancelled', exitCode: null, signal: 'SIGTERM', error });
    rig.host.last.exits();
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'cancelled', signal: 'SIGTERM', error: { code: 'execution/quit' } });
    expect(run.result()?.error?.message).toMatch(/quit.*while the command ran/);
  });

  it('starts once, and keeps the first reason', async () => {
    const run = rig.start({ timeoutMs: 1000 });
    rig.started();
    rig.clock.advance(1000);
    run.cancel('cancelled');
    run.cancel('quit');
    expect(rig.sent()).toEqual(['run', 'cancel']);
    rig.host.last.kill();
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'timeout', error: { code: 'execution/timeout' } });
  });

  it('does not end while any process is left', async () => {
    rig.survivors = [[{ pid: 7, startedAt: '1' }], [{ pid: 7, startedAt: '1' }]];
    const run = rig.start();
    rig.started();
    rig.host.last.kill();
    await rig.settle();
    expect(run.result()).toBeNull();
    rig.clock.advance(50);
    await rig.settle();
    expect(run.result()).toBeNull();
    rig.clock.advance(50);
    await rig.settle();
    expect(run.result()).not.toBeNull();
    expect(rig.signals).toHaveLength(3);
  });

  it('gives up after ten seconds on processes that cannot be killed, and names them', async () => {
    rig.survivors = Array.from({ length: 1000 }, () => [{ pid: 7, startedAt: '1' }]);
    const run = rig.start();
    rig.started();
    rig.done();
    rig.host.last.exits({ code: 1 });
    rig.clock.advance(10_000);
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'execution/not-ended' } });
    expect(run.result()?.error?.message).toContain('7');
  });
});

describe('limits', () => {
  it('counts the time limit from the start of the task, not of the worker', async () => {
    const run = rig.start({ timeoutMs: 1000 });
    rig.clock.advance(30_000);
    rig.started();
    rig.clock.advance(999);
    expect(rig.sent()).toEqual(['run']);
    rig.clock.advance(1);
    expect(rig.host.last.sent.at(-1)).toEqual({ type: 'cancel', executionId: 'e1', reason: 'timeout' });
    rig.host.last.kill();
    await rig.settle();
    expect(run.result()?.error?.message).toContain('time limit of 1 s');
  });

  it('stops a run over its memory limit, and says how much it used', async () => {
    const run = rig.start({ memoryBytes: 100 * MIB });
    rig.started();
    rig.memoryBytes = 250 * MIB;
    rig.clock.advance(500);
    await rig.settle();
    expect(rig.host.last.sent.at(-1)).toEqual({ type: 'cancel', executionId: 'e1', reason: 'memory' });
    rig.host.last.kill();
    await rig.settle();
    expect(run.result()).toMatchObject({
      status: 'failure',
      peakMemoryBytes: 250 * MIB,
      error: { code: 'execution/memory-limit' },
    });
    expect(run.result()?.error?.message).toMatch(/250 MiB.*100 MiB/);
  });

  it.each([
    ['over', 1, 'execution/process-limit', 'Stopped because it had 2 processes at once; its limit is 1.'],
    ['at', 2, 'execution/cancelled', 'Cancelled.'],
  ])('stops a run %s its limit of processes', async (_where, processes, code, message) => {
    const run = rig.start({ processes });
    expect(rig.host.last.sent).toEqual([{ type: 'run', spec: rig.spec, processes }]);
    rig.started();
    rig.clock.advance(500);
    await rig.settle();
    if (code === 'execution/cancelled') run.cancel('cancelled');
    rig.host.last.kill();
    await rig.settle();
    expect(run.result()).toMatchObject({ error: { code, message } });
  });
});
