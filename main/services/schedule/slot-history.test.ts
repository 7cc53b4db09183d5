import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
});
afterEach(() => application.dispose());

const create = async (name: string): Promise<string> => {
  const tasks = await application.tasks();
  const draft = { name, schedule: 'every hour', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
  return (await tasks.create(draft, 'test')).task.id;
};

describe('the missed slots of a group', () => {
  it('are those of all its tasks, even if there are many', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await create(`Task ${n}`));
    await (await application.tasks()).pause(ids[11] ?? '', { note: 'enough' }, 'test');
    application.clock.set('2026-11-23T13:00:01.000Z');
    const [timing] = Object.values(application.store.read().timings);
    await (await application.runs()).fire(timing?.id ?? '');
    const slots = await application.slots();
    const since = '2026-11-23T12:00:00.000Z';
    expect(slots.missed(timing?.id ?? '', since)).toMatchObject([
      { taskId: ids[11], slot: '2026-11-23T13:00:00.000Z', state: 'skipped', reason: 'paused', detail: 'enough' },
    ]);
    expect(slots.missed(timing?.id ?? '', '2026-11-23T13:00:01.000Z')).toEqual([]);
  });

  it('include undecided slots', async () => {
    const id = await create('Alone');
    application.clock.set('2026-11-23T15:10:00.000Z');
    const [timing] = Object.values(application.store.read().timings);
    const missed = (await application.slots()).missed(timing?.id ?? '', '2026-11-23T12:00:00.000Z');
    expect(missed.map(({ taskId, state, slot }) => [taskId, state, slot.slice(11, 16)])).toEqual([
      [id, 'unaccounted', '13:00'],
      [id, 'unaccounted', '14:00'],
      [id, 'unaccounted', '15:00'],
    ]);
  });

  it('are refused for an unknown group', async () => {
    const slots = await application.slots();
    expect(() => slots.missed('nowhere', '2026-11-23T12:00:00.000Z')).toThrow(/nowhere/);
  });
});
