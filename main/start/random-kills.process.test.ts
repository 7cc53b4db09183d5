import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import type { TaskView } from '../contract/task.ts';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';
import { processesWith } from '../testing/proc-facts.ts';

const kills = process.env['TEST_DEEP'] === '1' ? 200 : 8;

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine();
});
afterEach(() => cli.dispose());

const command = JSON.stringify({ command: 'setsid sleep 0.2; sleep 0.2' });
const task = (name: string) => ['--name', name, '--schedule', '0 * * * *', '--tool', 'shell:run', '--params', command];
const runs = async () => (await cli.json('runs', '--limit', '1000')).answer['executions'] as Execution[];
const tasks = async () => (await cli.json('list')).answer['tasks'] as TaskView[];

/** Returns what is killed the nth time. Each slot and each name is used once: a backfill runs slots again that have run. */
function operations(slots: readonly string[], group: string): ((n: number) => string[])[] {
  return [
    (n) => ['create', ...task(`Draft ${n}`), '--test-run'],
    () => ['trigger', 'Report'],
    (n) => ['_timing-run', group, '--slot', slots[n] ?? ''],
    (n) => ['backfill', 'Report', '--since', `${n + 2}h`, '--until', `${n + 1}h`, '--yes'],
  ];
}

it(`${kills} commands killed at any moment leave nothing half made, and nothing that runs`, async () => {
  await cli.run('create', ...task('Report'));
  const group = (await tasks())[0]?.timingId ?? '';
  const slots = (await cli.json('next', group, '--count', String(kills))).answer['slots'] as string[];
  const all = operations(slots, group);
  const begunMs = performance.now();
  await cli.run('trigger', 'Report');
  const wholeMs = performance.now() - begunMs;
  for (let n = 0; n < kills; n += 1) {
    const argv = all[n % all.length]?.(n) ?? [];
    const child = cli.start(...argv);
    const exited = once(child, 'exit');
    // From before the process has loaded until after its run has ended.
    await delay(Math.random() * 1.3 * wholeMs);
    child.kill('SIGKILL');
    await exited;
    const killed = `kill ${n + 1}, of ${argv.join(' ')}`;
    // Every reader sees at once that the owner is dead.
    const seen = await runs();
    expect(
      seen.filter(({ status }) => status === 'running').map(({ executionId }) => executionId),
      killed,
    ).toEqual([]);
    const ids = seen.slice(0, 4).map(({ executionId }) => executionId);
    await expect.poll(() => ids.flatMap((id) => processesWith(id)), { timeout: 20_000, message: killed }).toEqual([]);
  }
  const recorded = await runs();
  const tested = new Set(recorded.filter(({ status }) => status === 'success').map(({ taskId }) => taskId));
  const drafts = (await tasks()).filter(({ name }) => name.startsWith('Draft '));
  expect(drafts.filter(({ id, status }) => !tested.has(id) || status !== 'active')).toEqual([]);
  // A draft whose test run succeeded is in the same group, so a fired slot is due for both tasks.
  const ofSlots = recorded.flatMap(({ taskId, slot }) => (slot === null ? [] : `${taskId} ${slot}`));
  expect(ofSlots).toHaveLength(new Set(ofSlots).size);
  expect((await cli.run('trigger', 'Report')).code).toBe(0);
  const ended = (await runs()).map(({ status }) => status);
  const count = (status: string): number => ended.filter((each) => each === status).length;
  console.log(
    `${kills} kills: ${count('interrupted')} runs interrupted, ${count('success')} succeeded, of ${ended.length}`,
  );
  expect(count('interrupted') + count('success') + count('cancelled')).toBe(ended.length);
});
