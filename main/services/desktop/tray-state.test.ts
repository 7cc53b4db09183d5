import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anExecution, anOutcome, slotAt } from '../../testing/ledger-samples.ts';
import { memoryHost } from '../../testing/memory-host.ts';
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
const run = (executionId: string, taskId: string, slot: number, outcome: object, change: object = {}) => {
  application.ledger.claim(anExecution({ executionId, taskId, taskName: taskId, slot: slotAt(slot), ...change }));
  application.ledger.finish(executionId, anOutcome(outcome));
};
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
  const [a, b] = [await create('a', '0 13 * * *'), await create('b', '0 13 * * *')];
  run('a1', a.id, 1, { status: 'failure' }, { taskName: 'a' });
  run('a2', a.id, 2, {}, { taskName: 'a' });
  run('b1', b.id, 3, { status: 'timeout' }, { taskName: 'b' });
  const { recent, failing } = await tray();
  expect(new Set(recent.map(({ taskName, outcome }) => `${taskName} ${outcome}`))).toEqual(
    new Set(['a success', 'b failure']),
  );
  expect(failing).toBe(1);
});

it('a task is failing until it works again: not if it was deleted, and whatever a draft of it did', async () => {
  const idOf = async (name: string): Promise<string> => (await create(name, '0 13 * * *')).id;
  const [failing, cancelled] = [await idOf('failing'), await idOf('cancelled')];
  const [unchanged, tried] = [await idOf('unchanged'), await idOf('tried')];
  for (const [index, id] of [failing, cancelled, unchanged, 'deleted'].entries())
    run(`old ${id}`, id, index, { status: 'failure' });
  run('stopped', cancelled, 10, { status: 'cancelled' });
  run('no change', unchanged, 11, { status: 'skipped' });
  run('draft', tried, 12, { status: 'failure' }, { trigger: 'test' });
  const state = await tray();
  expect(state.failing).toBe(2);
  expect(new Set(state.lastFailures.map(({ executionId }) => executionId))).toEqual(
    new Set([`old ${failing}`, `old ${cancelled}`]),
  );
});

it('a failure of the night is not hidden by a task that runs each minute', async () => {
  const { id } = await create('Backup', '0 13 * * *');
  const { id: busy } = await create('Each minute', '* * * * *');
  run('night', id, 0, { status: 'failure' });
  for (let minute = 1; minute <= 200; minute += 1) {
    run(`minute ${minute}`, busy, minute, {}, { startedAt: slotAt(minute) });
  }
  expect((await tray()).failing).toBe(1);
  const { executions } = await (await application.snapshots()).whole(memoryHost().desktopState());
  expect(executions).toHaveLength(201);
  expect(executions.at(-1)?.executionId).toBe('night');
});
