import { beforeEach, describe, expect, it } from 'vitest';
import { runnerRig } from '../../testing/runner-rig.ts';
import type { RunnerRig } from '../../testing/runner-rig.ts';

let rig: RunnerRig;
beforeEach(() => {
  rig = runnerRig();
});

describe('a worker out of order', () => {
  it('that does not start in time is given up', async () => {
    const run = rig.start();
    rig.clock.advance(60_000);
    await rig.settle();
    expect(rig.host.last.killed).toBe(true);
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/not-started' } });
  });

  it('that talks nonsense is killed, with all it started', async () => {
    const run = rig.start();
    rig.started();
    rig.host.last.saysNonsense('The worker sent a message that does not fit its schema: outcome');
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/protocol' } });
    expect(rig.signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('that reports a fault of its own leaves nothing behind either', async () => {
    const run = rig.start();
    rig.started();
    rig.done({ outcome: 'failure', error: { code: 'worker/fault', message: 'The worker failed: boom' } });
    rig.host.last.exits({ code: 0 });
    await rig.settle();
    expect(run.result()?.error?.message).toBe('The worker failed: boom');
    expect(rig.signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('that cannot be started at all is a failed run', async () => {
    rig.host.start = () => {
      throw new Error('spawn EAGAIN');
    };
    const run = rig.start();
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/not-started' } });
    expect(run.result()?.error?.message).toContain('EAGAIN');
  });
});

const shell = 'shell:run';
const mcp = 'everything:echo';

describe('warm workers', () => {
  it('take the next runs, one each, and are not made again by themselves', () => {
    rig.runner.warm([shell, shell]);
    expect(rig.host.workers.map(({ name }) => name)).toEqual(['warm-1', 'warm-2']);
    rig.start();
    rig.start();
    rig.start();
    expect(rig.host.workers).toHaveLength(3);
    expect(rig.host.workers.map(({ sent }) => sent.length)).toEqual([1, 1, 1]);
  });

  it('that are too many, or not wanted any more, end', () => {
    rig.runner.warm([shell, shell, shell]);
    rig.runner.warm([shell]);
    expect(rig.host.workers.filter(({ killed }) => killed)).toHaveLength(2);
    rig.runner.close();
    expect(rig.host.workers.filter(({ killed }) => killed)).toHaveLength(3);
  });

  it('that ended while idle are not given work', () => {
    rig.runner.warm([shell]);
    rig.host.last.exits({ code: 1 });
    rig.start();
    expect(rig.host.workers).toHaveLength(2);
    expect(rig.host.last.sent).toHaveLength(1);
  });

  it('that end just as they are given work are replaced by a fresh one', async () => {
    rig.runner.warm([shell]);
    const run = rig.start();
    rig.host.last.exits({ code: 1 });
    expect(rig.host.workers).toHaveLength(2);
    expect(rig.sent()).toEqual(['run']);
    rig.started();
    rig.done();
    rig.host.last.exits();
    await rig.settle();
    expect(run.result()?.status).toBe('success');
    expect(run.pids).toEqual([1001, 1002]);
  });

  it('for MCP tools load the client ahead, and are given to such tasks first', () => {
    rig.runner.warm([shell, mcp]);
    expect(rig.sent(0)).toEqual([]);
    expect(rig.sent(1)).toEqual(['prepare']);
    rig.start({}, mcp);
    expect(rig.sent(1)).toEqual(['prepare', 'run']);
    rig.start({}, mcp);
    expect(rig.sent(0)).toEqual(['run']);
    expect(rig.host.workers).toHaveLength(2);
  });

  it('are used again when others are wanted: any can load the client, and one that has it runs every tool', () => {
    rig.runner.warm([shell]);
    rig.runner.warm([mcp]);
    rig.runner.warm([mcp]);
    rig.runner.warm([shell]);
    expect(rig.host.workers).toHaveLength(1);
    expect(rig.sent(0)).toEqual(['prepare']);
    rig.start();
    expect(rig.sent(0)).toEqual(['prepare', 'run']);
  });
});
