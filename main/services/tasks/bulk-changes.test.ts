import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BulkChange } from '../../contract/bulk.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

const create = async (name: string, change: Partial<TaskDraftInput> = {}) => {
  const draft = { name, schedule: '0 9 * * *', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
  return (await (await application.tasks()).create({ ...draft, ...change }, 'test')).task;
};
const apply = async (taskIds: readonly string[], change: BulkChange) =>
  (await application.bulkChanges()).apply(taskIds, change, 'window');
const undo = async (batch: string | null) =>
  (await application.history()).undoAll({ batch: batch ?? 'nothing changed' }, 'window');
const stored = (id: string) => application.store.read().tasks[id];
const statuses = () => Object.values(application.store.read().tasks).map(({ name, status }) => [name, status]);

describe('one change for many tasks', () => {
  it('pauses and resumes those that are not so already, and one undo reverses it for exactly these', async () => {
    const [a, b] = [await create('A'), await create('B')];
    const c = await create('C', { active: false });
    const { batch, changed, refused } = await apply([a.id, b.id, c.id, a.id], { action: 'pause', note: 'moving' });
    expect({ changed, refused }).toEqual({ changed: 2, refused: [] });
    expect(stored(a.id)).toMatchObject({ status: 'paused', pauseNote: 'moving' });
    await undo(batch);
    expect(statuses()).toEqual([
      ['A', 'active'],
      ['B', 'active'],
      ['C', 'paused'],
    ]);
    expect((await apply([a.id, c.id], { action: 'resume' })).changed).toBe(1);
    expect(stored(c.id)?.status).toBe('active');
  });

  it('deletes tasks with their groups and entries, and one undo restores them', async () => {
    const [a, b] = [await create('A'), await create('B', { schedule: '0 10 * * *' })];
    expect(application.os.installed.size).toBe(2);
    const { batch } = await apply([a.id, b.id], { action: 'delete' });
    expect(application.store.read()).toMatchObject({ tasks: {}, timings: {} });
    expect(application.os.installed.size).toBe(0);
    await undo(batch);
    expect(statuses()).toEqual(
      expect.arrayContaining([
        ['A', 'active'],
        ['B', 'active'],
      ]),
    );
    expect(application.os.installed.size).toBe(2);
  });

  it('adds and removes tags without touching the others, and no tag leaves no field', async () => {
    const [a, b] = [await create('A', { tags: ['old', 'kept'] }), await create('B', { tags: ['old'] })];
    await apply([a.id, b.id], { action: 'tag', add: [], remove: ['old'] });
    expect(stored(a.id)?.tags).toEqual(['kept']);
    expect(stored(b.id)).not.toHaveProperty('tags');
    expect((await apply([a.id, b.id], { action: 'tag', add: ['kept'], remove: [] })).changed).toBe(1);
    expect(stored(b.id)?.tags).toEqual(['kept']);
  });

  it('moves tasks to a group and removes the groups that become empty', async () => {
    const [a, b, target] = [await create('A'), await create('B'), await create('T', { schedule: '0 18 * * 5' })];
    const { batch } = await apply([a.id, b.id, target.id], { action: 'move', timingId: target.timingId });
    expect(Object.values(application.store.read().timings).map(({ taskIds }) => taskIds.length)).toEqual([3]);
    expect(stored(a.id)).toMatchObject({ cronExpression: '0 18 * * 5', timingId: target.timingId });
    await undo(batch);
    expect(stored(a.id)).toMatchObject({ cronExpression: '0 9 * * *' });
    expect(Object.keys(application.store.read().timings)).toHaveLength(2);
  });

  it('skips the next slot of each', async () => {
    const [a, b] = [await create('A'), await create('B', { schedule: '0 10 * * *' })];
    const { changed } = await apply([a.id, b.id], { action: 'skip-next' });
    expect(changed).toBe(2);
    expect([stored(a.id), stored(b.id)].map((task) => task?.skipUntil?.slice(11, 16))).toEqual(['09:00', '10:00']);
  });
});

describe('a task that refuses the change', () => {
  it('is named with the reason, and the others change', async () => {
    const [a, b] = [await create('A'), await create('B', { active: false })];
    const { changed, refused } = await apply([a.id, b.id, 'gone'], { action: 'skip-next' });
    expect(changed).toBe(1);
    expect(refused).toEqual([
      { taskId: b.id, name: 'B', message: '"B" is not active, so no slot is next.' },
      { taskId: 'gone', name: 'gone', message: 'This task has been deleted.' },
    ]);
  });

  it('is a one-shot whose date has passed, when it is resumed', async () => {
    const once = await create('Once', { schedule: new Date(application.clock.now() + 60_000).toISOString() });
    await apply([once.id], { action: 'pause' });
    application.clock.advance(120_000);
    const { batch, changed, refused } = await apply([once.id], { action: 'resume' });
    expect({ batch, changed }).toEqual({ batch: null, changed: 0 });
    expect(refused[0]?.message).toContain('Give it a new date');
  });
});

it('a group that is gone refuses the whole move and changes nothing', async () => {
  const a = await create('A');
  await expect(apply([a.id], { action: 'move', timingId: 'gone' })).rejects.toMatchObject({ code: 'timing/not-found' });
  expect(stored(a.id)?.cronExpression).toBe('0 9 * * *');
});
