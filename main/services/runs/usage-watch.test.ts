import { expect, it } from 'vitest';
import type { ExecutionSpec } from '../../contract/worker.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { runnerTimes } from './runner-options.ts';
import { UsageWatch } from './usage-watch.ts';

/** Watches one execution, and records in `looks` when the process table is read. */
function watching(clock: ReturnType<typeof fakeClock>, looks: string[], name: string): UsageWatch {
  const usage = () => {
    looks.push(`${name} ${clock.nowIso().slice(17, 23)}`);
    return Promise.resolve({ memoryBytes: 1, cpuMs: 1, processes: 1 });
  };
  const tree: Partial<ProcessTree> = { usage };
  const spec: Partial<ExecutionSpec> = { executionId: name };
  const options = { tree: tree as ProcessTree, spec: spec as ExecutionSpec };
  const limits = { timeoutMs: 1000, memoryBytes: null, processes: null, nice: 0 };
  return new UsageWatch({ ...options, clock, times: runnerTimes, limits }, () => undefined);
}

it('measures all executions at the same moments, so that they share one read of the process table', async () => {
  const clock = fakeClock('2026-11-23T12:00:00.120Z');
  const looks: string[] = [];
  const watches = ['a', 'b'].map((name) => watching(clock, looks, name));
  watches[0]?.start(1);
  clock.advance(250);
  watches[1]?.start(2);
  for (let round = 0; round < 2; round += 1) {
    clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const watch of watches) watch.stop();
  expect(looks).toEqual(['a 00.500', 'b 00.500', 'a 01.000', 'b 01.000']);
});
