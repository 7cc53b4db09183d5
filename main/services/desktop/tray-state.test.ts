import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anExecution, anOutcome, slotAt } from '../../testing/ledger-samples.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

const create = async (name: string, schedule: string) =>
  (
    await (
      await application.tasks()
    ).create({ name, schedule, tool: 'shell:run', parameters: { command: 'true' } }, 'test')
  ).task;
const tray = async () => (await application.snapshots()).tray([]);
const next = async () => (await tray()).next.map(({ taskName, at }) => `${at.slice(11, 16)} ${taskName}`);

describe('the next tasks', () => {
  it('are named one by one, soonest first, also those of one group', async () => {
    await create('Later', '0 15 * * *');
    await create('Soon', '30 12 * * *');
    await create('With Soon', '30 12 * * *');
    expect(await next()).toEqual(['12:30 Soon', '12:30 With Soon', '15:00 Later']);
  });

  it('leave out paused tasks, and a slot that is skipped', async () => {
    const tasks = await application.tasks();
    const hourly = await create('Hourly', '0 * * * *');
    await tasks.pause((await create('Paused', '0 13 * * *')).id, {}, 'test');
    expect(await next()).toEqual(['13:00 Hourly']);
    await tasks.skipNext(hourly.id, 'test');
    expect(await next()).toEqual(['14:00 Hourly']);
  });

  it('are five at most, the soonest of many groups', async () => {
    for (let hour = 23; hour > 12; hour -= 1) await create(`At ${hour}`, `0 ${hour} * * *`);
    expect(await next()).toEqual([13, 14, 15, 16, 17].map((hour) => `${hour}:00 At ${hour}`));
  });
});

it('the recent runs are the last of each task, newest first, with their outcome', async () => {
  const { ledger } = application;
  const run = (executionId: string, taskId: string, slot: number, outcome: object) => {
    ledger.claim(anExecution({ executionId, taskId, taskName: taskId, slot: slotAt(slot) }));
    ledger.finish(executionId, anOutcome(outcome));
  };
  run('a1', 'a', 1, { status: 'failure' });
  run('a2', 'a', 2, {});
  run('b1', 'b', 3, { status: 'timeout' });
  const { recent, failing } = await tray();
  expect(new Set(recent.map(({ taskName, outcome }) => `${taskName} ${outcome}`))).toEqual(
    new Set(['a success', 'b failure']),
  );
  expect(failing).toBe(1);
});
