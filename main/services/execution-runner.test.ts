import { beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { pretendHost } from '../testing/pretend-host.ts';
import { WorkerExecutionRunner } from './execution-runner.ts';
import type { ExecutionSpec, WorkerDone } from '../contract/worker.ts';
import type { RunLimits } from '../ports/execution-runner.ts';
import type { ProcessIdentity } from '../ports/ledger.ts';
import type { ProcessTree } from '../ports/process-tree.ts';
import type { FakeClock } from '../testing/fake-clock.ts';
import type { PretendHost } from '../testing/pretend-host.ts';
import type { RunResult } from './execution-outcome.ts';

const spec: ExecutionSpec = {
  executionId: 'e1',
  taskName: 'A task',
  tool: 'shell:run',
  parameters: { command: 'true' },
  workingDirectory: null,
  env: {},
  logPath: '/nowhere/e1.log',
  outputLimitBytes: 1000,
  timeoutMs: 60_000,
  mcpServer: null,
};
const MIB = 1024 ** 2;

let clock: FakeClock;
let host: PretendHost;
let memoryBytes: number;
let signals: string[];
/** What `signal` finds still alive, one answer after the other, then nothing. */
let survivors: ProcessIdentity[][];
let runner: WorkerExecutionRunner;

beforeEach(() => {
  clock = fakeClock();
  host = pretendHost();
  memoryBytes = 10 * MIB;
  signals = [];
  survivors = [];
  const tree: ProcessTree = {
    identify: () => null,
    isAlive: () => false,
    descendants: () => [],
    usage: async () => ({ memoryBytes, cpuMs: 120, processes: 2 }),
    signal: (root, executionId, signal) => {
      signals.push(`${signal} ${root} ${executionId}`);
      return survivors.shift() ?? [];
    },
  };
  runner = new WorkerExecutionRunner({ host, tree, clock });
});

interface Run {
  result: () => RunResult | null;
  cancel: (reason: 'cancelled' | 'quit') => void;
  pids: number[];
  logs: number[];
}

function start(limits: Partial<RunLimits> = {}): Run {
  const pids: number[] = [];
  const logs: number[] = [];
  const events = { onWorker: (pid: number) => pids.push(pid), onLog: (bytes: number) => logs.push(bytes) };
  const handle = runner.run(spec, { timeoutMs: 60_000, memoryBytes: null, nice: 0, ...limits }, events);
  let settled: RunResult | null = null;
  void handle.finished.then((result) => (settled = result));
  return { result: () => settled, cancel: (reason) => handle.cancel(reason), pids, logs };
}

/** Lets promises settle; no time passes. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const started = () => host.last.says({ type: 'started', executionId: 'e1' });
const done = (change: Partial<WorkerDone> = {}) =>
  host.last.says({
    type: 'done',
    executionId: 'e1',
    outcome: 'success',
    exitCode: 0,
    signal: null,
    result: null,
    error: null,
    logBytes: 35,
    cpuMs: 10,
    ...change,
  });
const types = () => host.last.sent.map(({ type }) => type);

describe('a run that goes well', () => {
  it('is one worker, named after the execution, told what to run, and acknowledged', async () => {
    const run = start({ nice: 5 });
    expect(host.last.name).toBe('e1');
    expect(host.last.sent).toEqual([{ type: 'run', spec, nice: 5 }]);
    started();
    host.last.says({ type: 'log', executionId: 'e1', logBytes: 12 });
    done({ result: { answer: 42 } });
    expect(types()).toEqual(['run', 'acknowledge']);
    expect(run.result()).toBeNull();
    host.last.exits();
    await settle();
    expect(run.result()).toMatchObject({
      status: 'success',
      exitCode: 0,
      result: { answer: 42 },
      logBytes: 35,
      cpuMs: 10,
      error: null,
    });
    expect(run).toMatchObject({ pids: [1001], logs: [12, 35] });
    expect(signals).toEqual([]);
    expect(clock.pending()).toEqual([]);
  });

  it('is settled only once the worker is gone, which is killed if it does not go', async () => {
    const run = start();
    started();
    done();
    await settle();
    expect(run.result()).toBeNull();
    clock.advance(5000);
    await settle();
    expect(host.last.killed).toBe(true);
    expect(run.result()?.status).toBe('success');
  });

  it('is measured', async () => {
    const run = start();
    started();
    clock.advance(500);
    await settle();
    memoryBytes = 30 * MIB;
    clock.advance(500);
    await settle();
    memoryBytes = 20 * MIB;
    clock.advance(500);
    await settle();
    done({ cpuMs: null });
    host.last.exits();
    await settle();
    expect(run.result()).toMatchObject({ peakMemoryBytes: 30 * MIB, cpuMs: 120 });
  });
});

describe('success needs all three: done, exit code 0, and no kill', () => {
  it('is no success without a report, whatever the exit code', async () => {
    const run = start();
    started();
    host.last.exits({ code: 0 });
    await settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/crashed' } });
    expect(signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('is no success when the worker crashed after it', async () => {
    const run = start();
    started();
    done();
    host.last.exits({ code: null, signal: 'SIGSEGV' });
    await settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/crashed' } });
    expect(run.result()?.error?.message).toContain('SIGSEGV');
  });

  it('is no success when a kill was asked for before', async () => {
    const run = start();
    started();
    run.cancel('cancelled');
    done();
    host.last.exits();
    await settle();
    expect(run.result()?.status).toBe('cancelled');
  });

  it('stays a success when the cancel comes after the report', async () => {
    const run = start();
    started();
    done();
    run.cancel('cancelled');
    host.last.exits();
    await settle();
    expect(run.result()?.status).toBe('success');
    expect(types()).toEqual(['run', 'acknowledge']);
  });

  it('names the reason of a crash where the host knows one', async () => {
    const run = start();
    started();
    host.last.says({ type: 'log', executionId: 'e1', logBytes: 77 });
    host.last.exits({ code: 134, failure: 'V8 ran out of memory' });
    await settle();
    expect(run.result()).toMatchObject({ status: 'failure', logBytes: 77 });
    expect(run.result()?.error?.message).toMatch(/V8 ran out of memory.*Other tasks are not affected/);
  });
});

describe('the kill ladder', () => {
  it('is message, five seconds, KILL for everything below, two seconds, KILL for the worker', async () => {
    const run = start();
    started();
    run.cancel('cancelled');
    expect(host.last.sent.at(-1)).toEqual({ type: 'cancel', reason: 'cancelled' });
    clock.advance(4999);
    expect(signals).toEqual([]);
    clock.advance(1);
    expect(signals).toEqual(['SIGKILL 1001 e1']);
    clock.advance(1999);
    expect(host.last.killed).toBe(false);
    clock.advance(1);
    await settle();
    expect(host.last.killed).toBe(true);
    expect(run.result()).toMatchObject({ status: 'cancelled', error: { code: 'execution/cancelled' } });
  });

  it('ends early when the worker reports in time', async () => {
    const run = start();
    started();
    run.cancel('quit');
    clock.advance(1000);
    const error = { code: 'execution/cancelled', message: 'Cancelled while the command ran.' };
    done({ outcome: 'cancelled', exitCode: null, signal: 'SIGTERM', error });
    host.last.exits();
    await settle();
    expect(run.result()).toMatchObject({ status: 'cancelled', signal: 'SIGTERM', error: { code: 'execution/quit' } });
    expect(run.result()?.error?.message).toMatch(/quit.*while the command ran/);
  });

  it('starts once: the first reason stands', async () => {
    const run = start({ timeoutMs: 1000 });
    started();
    clock.advance(1000);
    run.cancel('cancelled');
    run.cancel('quit');
    expect(types()).toEqual(['run', 'cancel']);
    host.last.kill();
    await settle();
    expect(run.result()).toMatchObject({ status: 'timeout', error: { code: 'execution/timeout' } });
  });

  it('is not over while anything is left', async () => {
    survivors = [[{ pid: 7, startedAt: '1' }], [{ pid: 7, startedAt: '1' }]];
    const run = start();
    started();
    host.last.kill();
    await settle();
    expect(run.result()).toBeNull();
    clock.advance(50);
    await settle();
    expect(run.result()).toBeNull();
    clock.advance(50);
    await settle();
    expect(run.result()).not.toBeNull();
    expect(signals).toHaveLength(3);
  });

  it('gives up after ten seconds on what cannot be killed, and names it', async () => {
    survivors = Array.from({ length: 1000 }, () => [{ pid: 7, startedAt: '1' }]);
    const run = start();
    started();
    done();
    host.last.exits({ code: 1 });
    clock.advance(10_000);
    await settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'execution/not-ended' } });
    expect(run.result()?.error?.message).toContain('7');
  });
});

describe('limits', () => {
  it('counts the time limit from the start of the task, not of the worker', async () => {
    const run = start({ timeoutMs: 1000 });
    clock.advance(30_000);
    started();
    clock.advance(999);
    expect(types()).toEqual(['run']);
    clock.advance(1);
    expect(host.last.sent.at(-1)).toEqual({ type: 'cancel', reason: 'timeout' });
    host.last.kill();
    await settle();
    expect(run.result()?.error?.message).toContain('60 s');
  });

  it('stops a run over its memory limit, and says how much it used', async () => {
    const run = start({ memoryBytes: 100 * MIB });
    started();
    memoryBytes = 250 * MIB;
    clock.advance(500);
    await settle();
    expect(host.last.sent.at(-1)).toEqual({ type: 'cancel', reason: 'memory' });
    host.last.kill();
    await settle();
    expect(run.result()).toMatchObject({
      status: 'failure',
      peakMemoryBytes: 250 * MIB,
      error: { code: 'execution/memory-limit' },
    });
    expect(run.result()?.error?.message).toMatch(/250 MiB.*100 MiB/);
  });
});

describe('a worker out of order', () => {
  it('that does not start in time is given up', async () => {
    const run = start();
    clock.advance(60_000);
    await settle();
    expect(host.last.killed).toBe(true);
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/not-started' } });
  });

  it('that talks nonsense is killed, with all it started', async () => {
    const run = start();
    started();
    host.last.saysNonsense('The worker sent a message that does not fit its schema: outcome');
    await settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/protocol' } });
    expect(signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('that reports a fault of its own leaves nothing behind either', async () => {
    const run = start();
    started();
    done({ outcome: 'failure', error: { code: 'worker/fault', message: 'The worker failed: boom' } });
    host.last.exits({ code: 0 });
    await settle();
    expect(run.result()?.error?.message).toBe('The worker failed: boom');
    expect(signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('that cannot be started at all is a failed run', async () => {
    host.start = () => {
      throw new Error('spawn EAGAIN');
    };
    const run = start();
    await settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/not-started' } });
    expect(run.result()?.error?.message).toContain('EAGAIN');
  });
});

describe('warm workers', () => {
  it('take the next runs, one each, and are not made again by themselves', () => {
    runner.warm(2);
    expect(host.workers.map(({ name }) => name)).toEqual(['warm-1', 'warm-2']);
    start();
    start();
    start();
    expect(host.workers).toHaveLength(3);
    expect(host.workers.map(({ sent }) => sent.length)).toEqual([1, 1, 1]);
  });

  it('that are too many, or not wanted any more, end', () => {
    runner.warm(3);
    runner.warm(1);
    expect(host.workers.filter(({ killed }) => killed)).toHaveLength(2);
    runner.close();
    expect(host.workers.filter(({ killed }) => killed)).toHaveLength(3);
  });

  it('that ended while idle are not given work', () => {
    runner.warm(1);
    host.last.exits({ code: 1 });
    start();
    expect(host.workers).toHaveLength(2);
    expect(host.last.sent).toHaveLength(1);
  });

  it('that end just as they are given work are replaced by a fresh one', async () => {
    runner.warm(1);
    const run = start();
    host.last.exits({ code: 1 });
    expect(host.workers).toHaveLength(2);
    expect(types()).toEqual(['run']);
    started();
    done();
    host.last.exits();
    await settle();
    expect(run.result()?.status).toBe('success');
    expect(run.pids).toEqual([1001, 1002]);
  });
});
