import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerLoss } from '../../ports/ledger/losses.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
});
afterEach(() => application.dispose());

const lose = (floor: string, loss: LedgerLoss | null) =>
  Object.assign(application.ledger, { floor: () => floor, loss: () => loss });

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

describe('slots from before the floor of the ledger', () => {
  const floor = '2026-11-23T14:30:00.000Z';

  it('are explained by its loss, and those after it by the schedule', async () => {
    const id = await create('Alone');
    lose(floor, { at: floor, cause: 'missing' });
    application.clock.set('2026-11-23T15:00:10.000Z');
    const slots = (await application.slots()).why(id);
    expect(slots.map(({ slot, state, detail }) => [slot.slice(11, 16), state, detail])).toEqual([
      ['13:00', 'unaccounted', expect.stringContaining('was lost or damaged before 2026-11-23T14:30')],
      ['14:00', 'unaccounted', expect.stringContaining('may have run, and does not run again')],
      ['15:00', 'due', null],
    ]);
  });

  it('are explained by its beginning if nothing was lost', async () => {
    const id = await create('Alone');
    lose(floor, null);
    application.clock.set('2026-11-23T15:00:10.000Z');
    const [first] = (await application.slots()).why(id);
    expect(first?.detail).toBe('no record: the ledger began on 2026-11-23T14:30:00.000Z, after the slot');
  });

  it('do not run, even with jitter and catch-up, which look for gaps', async () => {
    const tasks = await application.tasks();
    const policies = { jitterMs: 60_000, catchUp: 'all' } as const;
    const draft = { name: 'Shaky', schedule: 'every hour', timezone: 'UTC', tool: 'shell:run', policies };
    const { task } = await tasks.create({ ...draft, parameters: { command: 'true' } }, 'test');
    lose(floor, { at: floor, cause: 'empty' });
    application.clock.set('2026-11-23T15:00:10.000Z');
    const states = (await application.slots()).why(task.id).map(({ slot, state }) => [slot.slice(11, 16), state]);
    expect(states).toEqual([
      ['13:00', 'unaccounted'],
      ['14:00', 'unaccounted'],
      ['15:00', 'due'],
    ]);
  });
});

describe('a slot that waits', () => {
  it.each([
    ['jitter', 'waits for its random delay'],
    ['overlap', 'waits for the previous run to end'],
    ['turn', 'waits for its turn among many runs'],
  ] as const)('for its %s is due, and not missed', async (reason, detail) => {
    const id = await create('Waiting');
    application.clock.set('2026-11-23T13:00:10.000Z');
    const owner = { pid: 1, startedAt: 'then' };
    application.ledger.setWait({ taskId: id, slot: '2026-11-23T13:00:00.000Z', reason, owner });
    const slots = await application.slots();
    expect(slots.why(id)).toMatchObject([{ slot: '2026-11-23T13:00:00.000Z', state: 'due', reason: null, detail }]);
    const [timing] = Object.values(application.store.read().timings);
    expect(slots.missed(timing?.id ?? '', '2026-11-23T12:00:00.000Z')).toEqual([]);
  });
});
