import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import type { TaskView } from '../contract/task.ts';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';
import { processesWith } from '../testing/proc-facts.ts';

const isDeep = process.env['TEST_DEEP'] === '1';
const kills = isDeep ? 200 : 4;
const editKills = isDeep ? 120 : 6;

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

/** Kills a command at a random moment, from before the process has loaded until after `wholeMs`. */
async function killed(argv: readonly string[], wholeMs: number): Promise<void> {
  const child = cli.start(...argv);
  const exited = once(child, 'exit');
  await delay(Math.random() * 1.3 * wholeMs);
  child.kill('SIGKILL');
  await exited;
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
    await killed(argv, wholeMs);
    const where = `kill ${n + 1}, of ${argv.join(' ')}`;
    // Every reader sees at once that the owner is dead.
    const seen = await runs();
    expect(
      seen.filter(({ status }) => status === 'running').map(({ executionId }) => executionId),
      where,
    ).toEqual([]);
    const ids = seen.slice(0, 4).map(({ executionId }) => executionId);
    await expect.poll(() => ids.flatMap((id) => processesWith(id)), { timeout: 20_000, message: where }).toEqual([]);
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

/** Returns what is killed the nth time: each command changes several things at once. */
function edits(exported: string): ((n: number) => string[])[] {
  return [
    (n) => ['update', 'Changed', '--description', `v${n}`, '--params', JSON.stringify({ command: `echo v${n}` })],
    () => ['pause', 'Changed'],
    () => ['import', exported],
    () => ['undo'],
    () => ['resume', 'Changed'],
    () => ['restore', 'schedule.json.backup-1'],
  ];
}

it(`${editKills} edits killed at any moment are made whole or not at all, and the next one works`, async () => {
  const version = (text: string) => ['--description', text, '--params', JSON.stringify({ command: `echo ${text}` })];
  const schedule = ['--schedule', '0 9 * * *', '--tool', 'shell:run'];
  const create = (name: string) => cli.run('create', '--name', name, ...schedule, ...version('v'));
  for (const name of ['Copy a', 'Copy b', 'Copy c']) await create(name);
  const exported = join(cli.home, 'copies.json');
  await cli.run('export', '--out', exported);
  for (const { id } of await tasks()) await cli.run('delete', id);
  await create('Changed');
  const begunMs = performance.now();
  expect((await cli.run('update', 'Changed', ...version('v0'))).code).toBe(0);
  const wholeMs = performance.now() - begunMs;
  const all = edits(exported);
  for (let n = 0; n < editKills; n += 1) {
    const argv = all[n % all.length]?.(n + 1) ?? [];
    await killed(argv, wholeMs);
    const present = await tasks();
    const changed = present.find(({ name }) => name === 'Changed');
    expect(
      {
        command: changed?.parameters['command'],
        copies: [0, 3].includes(present.filter(({ name }) => name.startsWith('Copy ')).length),
      },
      `kill ${n + 1}, of ${argv.join(' ')}`,
    ).toEqual({ command: `echo ${changed?.description}`, copies: true });
  }
  expect((await cli.run('update', 'Changed', '--description', 'end')).code).toBe(0);
  expect((await tasks()).find(({ name }) => name === 'Changed')?.description).toBe('end');
});
