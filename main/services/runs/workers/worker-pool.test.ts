import { beforeEach, describe, expect, it } from 'vitest';
import { runnerRig } from '../../../testing/runner-rig.ts';
import type { RunnerRig } from '../../../testing/runner-rig.ts';

let rig: RunnerRig;
beforeEach(() => {
  rig = runnerRig();
});

describe('a faulty worker', () => {
  it('that does not start in time is killed', async () => {
    const run = rig.start();
    rig.clock.advance(60_000);
    await rig.settle();
    expect(rig.host.last.killed).toBe(true);
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/not-started' } });
  });

  it('that sends invalid messages is killed, with everything it started', async () => {
    const run = rig.start();
    rig.started();
    rig.host.last.saysNonsense('The worker sent a message that does not fit its schema: outcome');
    await rig.settle();
    expect(run.result()).toMatchObject({ status: 'failure', error: { code: 'worker/protocol' } });
    expect(rig.signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('that reports its own fault leaves nothing behind either', async () => {
    const run = rig.start();
    rig.started();
    rig.done({ outcome: 'failure', error: { code: 'worker/fault', message: 'The worker failed: boom' } });
    rig.host.last.exits({ code: 0 });
    await rig.settle();
    expect(run.result()?.error?.message).toBe('The worker failed: boom');
    expect(rig.signals).toEqual(['SIGKILL 1001 e1']);
  });

  it('that cannot be started makes a failed run', async () => {
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
  it('take the next runs, one each, and are not replaced', () => {
    rig.runner.warm([shell, shell], false);
    expect(rig.host.workers.map(({ name }) => name)).toEqual(['warm-1', 'warm-2']);
    rig.start();
    rig.start();
    rig.start();
    expect(rig.host.workers).toHaveLength(3);
    expect(rig.host.workers.map(({ sent }) => sent.length)).toEqual([1, 1, 1]);
  });

  it('that are no longer needed exit', () => {
    rig.runner.warm([shell, shell, shell], false);
    rig.runner.warm([shell], false);
    expect(rig.host.workers.filter(({ killed }) => killed)).toHaveLength(2);
    rig.runner.close();
    expect(rig.host.workers.filter(({ killed }) => killed)).toHaveLength(3);
  });

  it('that exited while idle get no work', () => {
    rig.runner.warm([shell], false);
    rig.host.last.exits({ code: 1 });
    rig.start();
    expect(rig.host.workers).toHaveLength(2);
    expect(rig.host.last.sent).toHaveLength(1);
  });

  it('that exit as they get work are replaced by a new worker', async () => {
    rig.runner.warm([shell], false);
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

  it('for MCP tools load the client in advance, and are used for such tasks first', () => {
    rig.runner.warm([shell, mcp], false);
    expect(rig.sent(0)).toEqual([]);
    expect(rig.sent(1)).toEqual(['prepare']);
    rig.start({}, mcp);
    expect(rig.sent(1)).toEqual(['prepare', 'run']);
    rig.start({}, mcp);
    expect(rig.sent(0)).toEqual(['run']);
    expect(rig.host.workers).toHaveLength(2);
  });

  it('are reused for other tools: any can load the client, and one that has loaded it runs every tool', () => {
    rig.runner.warm([shell], false);
    rig.runner.warm([mcp], false);
    rig.runner.warm([mcp], false);
    rig.runner.warm([shell], false);
    expect(rig.host.workers).toHaveLength(1);
    expect(rig.sent(0)).toEqual(['prepare']);
    rig.start();
    expect(rig.sent(0)).toEqual(['prepare', 'run']);
  });
});
