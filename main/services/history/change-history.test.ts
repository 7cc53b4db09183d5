import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeFilterSchema, type Change } from '../../contract/history.ts';
import type { Task, TaskDraftInput } from '../../contract/task.ts';
import type { HistoryOperations, TaskOperations } from '../../application/operations.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';

let application: MemoryApplication;
let tasks: TaskOperations;
let history: HistoryOperations;
beforeEach(async () => {
  application = memoryApplication();
  [tasks, history] = await Promise.all([application.tasks(), application.history()]);
});
afterEach(() => application.dispose());

const draft = (change: Partial<TaskDraftInput> = {}): TaskDraftInput => ({
  name: 'Backup',
  schedule: '0 9 * * *',
  timezone: 'UTC',
  tool: 'shell:run',
  parameters: { command: 'true' },
  ...change,
});
const create = async (change: Partial<TaskDraftInput> = {}, author = 'cli'): Promise<string> =>
  (await tasks.create(draft(change), author)).task.id;
const all = (filter: object = {}): Change[] => history.list(changeFilterSchema.parse(filter));
const noise = { at: '2026-11-23T12:00:00.000Z', author: 'cli', action: 'task.update', taskId: 'x', before: null };
const latest = (): Change => {
  const [change] = all();
  if (change === undefined) throw new Error('nothing was changed');
  return change;
};
const stored = (id: string): Task | undefined => application.store.read().tasks[id];
const installed = (): string[] => [...application.os.installed.keys()];

describe('the history of a task', () => {
  it('lists who changed what, when, with old and new values, newest first', async () => {
    const id = await create();
    application.clock.advance(60_000);
    await tasks.update(id, { name: 'Nightly', schedule: 'every 5 minutes', policies: { overlap: 'skip' } }, 'window');
    const [changed, created] = all({ taskId: id });
    expect(changed).toMatchObject({
      at: '2026-11-23T12:01:00.000Z',
      author: 'window',
      kind: 'changed',
      taskName: 'Nightly',
      obstacle: null,
    });
    expect(changed?.differences).toEqual([
      { field: 'name', before: 'Backup', after: 'Nightly' },
      {
        field: 'schedule',
        before: { cronExpression: '0 9 * * *', timezone: 'UTC' },
        after: { cronExpression: '*/5 * * * *', timezone: 'UTC' },
      },
      { field: 'policies.overlap', before: null, after: 'skip' },
    ]);
    expect(created).toMatchObject({ kind: 'created', author: 'cli', taskName: 'Backup' });
  });

  it('is found by words of the name, the author or what changed, on every page', async () => {
    const id = await create({ name: 'Photos' }, 'mcp:helper@1');
    await tasks.update(id, { parameters: { command: 'rsync -a "my photos" nas:' } }, 'window');
    // More changes than one page of the search.
    for (let minute = 0; minute < 600; minute += 1)
      application.ledger.audit({ ...noise, after: { name: `n${minute}` } });
    const found = (words: string) => all({ words, limit: 5 }).map(({ author, kind }) => `${author} ${kind}`);
    expect(found('PHOTOS helper')).toEqual(['mcp:helper@1 created']);
    expect(found('rsync "my')).toEqual(['window changed']);
    expect(found('rsync helper')).toEqual([]);
    expect(all({ words: 'n5', limit: 3 }).map(({ taskName }) => taskName)).toEqual(['n599', 'n598', 'n597']);
    expect(history.authors()).toEqual(['cli', 'mcp:helper@1', 'window']);
  });

  it('is found by the name of a deleted task', async () => {
    const id = await create();
    await tasks.delete(id, 'cli');
    expect(history.findTaskId('backup')).toBe(id);
    expect(() => history.findTaskId('nobody')).toThrow(expect.objectContaining({ code: 'task/not-found' }));
  });
});

describe('undo', () => {
  it('restores a deleted task with its id, its counts and its OS entry', async () => {
    const id = await create({ description: 'every night', tags: ['home'] });
    const execution = anExecution({ executionId: 'e1', taskId: id });
    application.ledger.claim(execution);
    application.ledger.finish('e1', anOutcome());
    const before = stored(id);
    await tasks.delete(id, 'window');
    expect(installed()).toEqual([]);
    await history.undo(latest().id, 'window');
    expect(stored(id)).toEqual({ ...before, armedAt: '2026-11-23T12:00:00.000Z' });
    expect((await tasks.get(id)).task.executionCount).toBe(1);
    expect(installed()).toEqual(['daily-9am']);
  });

  it('catches up no slot that passed while the task did not exist', async () => {
    const id = await create({ schedule: '* * * * *', policies: { catchUp: 'all', catchUpWindowMs: 3_600_000 } });
    await tasks.delete(id, 'window');
    application.clock.advance(10 * 60_000);
    await history.undo(latest().id, 'window');
    expect((await application.slots()).why(id)).toEqual([]);
  });

  it('restores a one-shot as paused if its date has passed meanwhile', async () => {
    const id = await create({ schedule: '2026-11-23T12:30:00Z' });
    await tasks.delete(id, 'window');
    application.clock.advance(3_600_000);
    await history.undo(latest().id, 'window');
    expect(stored(id)).toMatchObject({
      status: 'paused',
      pauseNote: expect.stringContaining('date passed') as unknown,
    });
  });

  it('deletes a created task', async () => {
    const id = await create();
    await history.undo(latest().id, 'window');
    expect(stored(id)).toBeUndefined();
    expect(application.store.read().timings).toEqual({});
    expect(installed()).toEqual([]);
  });

  it('undoes only that change, and keeps other changes made since', async () => {
    const id = await create({ env: { A: '1' } });
    await tasks.update(id, { schedule: 'every 5 minutes', env: { A: '2', B: '3' } }, 'window');
    const change = latest();
    await tasks.update(id, { description: 'later', env: { A: '2', B: '3', C: '4' } }, 'cli');
    await history.undo(change.id, 'window');
    expect(stored(id)).toMatchObject({ cronExpression: '0 9 * * *', timingId: 'daily-9am', description: 'later' });
    expect(stored(id)?.env).toEqual({ A: '1', C: '4' });
    expect(installed()).toEqual(['daily-9am']);
  });

  it('ends a pause, and accounts for the slots that passed in it', async () => {
    const id = await create({ schedule: '* * * * *' });
    await tasks.pause(id, { note: 'by mistake' }, 'window');
    application.clock.advance(2 * 60_000);
    await history.undo(latest().id, 'window');
    expect(stored(id)).toMatchObject({ status: 'active', armedAt: '2026-11-23T12:02:00.000Z' });
    expect(stored(id)).not.toHaveProperty('pauseNote');
    const reasons = application.ledger.slots(id, '2026-01-01T00:00:00.000Z').map(({ reason }) => reason);
    expect(reasons).toEqual(['paused', 'paused']);
  });

  it('ends the pause of all tasks', async () => {
    await create();
    tasks.pauseAll({}, 'tray');
    await history.undo(latest().id, 'window');
    expect(application.store.read().paused).toBeUndefined();
    await history.undo(latest().id, 'window');
    expect(application.store.read().paused).toMatchObject({ since: '2026-11-23T12:00:00.000Z' });
  });

  it('is itself a change, and can be undone', async () => {
    const id = await create();
    await tasks.update(id, { name: 'Nightly' }, 'cli');
    const update = latest();
    await history.undo(update.id, 'window');
    expect(latest()).toMatchObject({ author: 'window', action: 'task.undo', undoes: update.id, kind: 'changed' });
    expect(history.get(update.id).obstacle).toContain('already been undone');
    await history.undo(latest().id, 'window');
    expect(stored(id)?.name).toBe('Nightly');
    expect(history.get(update.id).obstacle).toBeNull();
  });
});

describe('undo is refused', () => {
  it('if a later change prevents it, and names that change', async () => {
    const id = await create();
    await tasks.update(id, { name: 'Nightly', description: 'one' }, 'cli');
    const change = latest();
    await tasks.update(id, { name: 'Weekly' }, 'window');
    expect(history.get(change.id).obstacle).toContain('name');
    await expect(history.undo(change.id, 'window')).rejects.toMatchObject({
      code: 'history/conflict',
      details: { change: change.id, taskId: id, fields: ['name'] },
    });
    expect(stored(id)).toMatchObject({ name: 'Weekly', description: 'one' });
  });

  it('for the creation of a task that somebody changed since, but not for its pause', async () => {
    const id = await create();
    const creation = latest();
    await tasks.update(id, { name: 'Nightly' }, 'window');
    await expect(history.undo(creation.id, 'cli')).rejects.toMatchObject({ code: 'history/conflict' });
    await history.undo(latest().id, 'window');
    await tasks.pause(id, {}, 'window');
    await history.undo(creation.id, 'cli');
    expect(stored(id)).toBeUndefined();
  });

  it.each([
    [
      'a change of a task that no longer exists',
      async (id: string) => void (await tasks.delete(id, 'cli')),
      'history/conflict',
    ],
    ['a change that was undone', async () => void (await history.undo(latest().id, 'cli')), 'history/already-undone'],
  ])('for %s', async (_what, meanwhile, code) => {
    const id = await create();
    await tasks.update(id, { name: 'Nightly' }, 'cli');
    const change = latest();
    await meanwhile(id);
    await expect(history.undo(change.id, 'cli')).rejects.toMatchObject({ code });
  });

  it('for a task that would wait for itself', async () => {
    const first = await create();
    const second = await create({ policies: { after: [{ taskId: first, on: 'end' }] } });
    await tasks.delete(second, 'cli');
    const deletion = latest();
    await tasks.update(first, { policies: { after: [] } }, 'cli');
    application.store.update((file) => {
      const task = file.tasks[first];
      if (task !== undefined) task.policies = { after: [{ taskId: second, on: 'end' }] };
    });
    await expect(history.undo(deletion.id, 'cli')).rejects.toMatchObject({ code: 'task/invalid' });
  });

  it('for an unknown change', async () => {
    await expect(history.undo(77, 'cli')).rejects.toMatchObject({ code: 'history/not-found' });
    application.ledger.audit({
      at: '2026-11-23T12:00:00.000Z',
      author: 'cli',
      action: 'task.update',
      taskId: 'x',
      before: null,
      after: null,
    });
    await expect(history.undo(latest().id, 'cli')).rejects.toMatchObject({ code: 'history/not-undoable' });
  });

  it('if the OS scheduler refuses, and nothing has changed then', async () => {
    const id = await create();
    await tasks.update(id, { schedule: 'every 5 minutes' }, 'cli');
    const change = latest();
    const before = application.store.read();
    application.os.refuse('the disk is full');
    await expect(history.undo(change.id, 'cli')).rejects.toMatchObject({ code: 'os/refused' });
    expect(application.store.read().tasks[id]).toMatchObject({ cronExpression: '*/5 * * * *', timingId: 'every-5min' });
    expect(application.store.read().timings).toEqual(before.timings);
    expect(history.get(change.id).obstacle).toBeNull();
  });
});

describe('everything of one author since an instant', () => {
  it('is undone together, and redone together', async () => {
    const mine = await create({ name: 'Mine' }, 'window');
    const agent = 'mcp:helper@1';
    const theirs = await create({ name: 'Theirs' }, agent);
    await tasks.update(mine, { name: 'Renamed' }, agent);
    await tasks.update(theirs, { schedule: 'every 5 minutes' }, agent);
    await tasks.delete(mine, agent);
    const result = await history.undoAll({ author: agent, since: '2026-11-23T12:00:00.000Z' }, 'window');
    expect(result).toMatchObject({ refused: [], undone: expect.objectContaining({ length: 4 }) as unknown });
    expect(Object.values(application.store.read().tasks).map(({ name }) => name)).toEqual(['Mine']);
    expect(installed()).toEqual(['daily-9am']);
    const batch = result.changes[0]?.batch ?? '';
    await history.undoAll({ batch }, 'window');
    expect(stored(theirs)).toMatchObject({ cronExpression: '*/5 * * * *' });
    expect(stored(mine)).toBeUndefined();
  });

  it('is not undone partly: one change that cannot be undone keeps all of them', async () => {
    const id = await create({}, 'agent');
    const other = await create({ name: 'Other' }, 'agent');
    await tasks.update(id, { name: 'Kept' }, 'window');
    await expect(history.undoAll({ author: 'agent' }, 'window')).rejects.toMatchObject({
      code: 'history/conflict',
      details: { refused: [{ message: expect.stringContaining('name') as unknown }] },
    });
    expect(stored(other)).toBeDefined();
    const result = await history.undoAll({ author: 'agent' }, 'window', { partial: true });
    expect(result).toMatchObject({ refused: [{ message: expect.stringContaining('name') as unknown }] });
    expect(Object.keys(application.store.read().tasks)).toEqual([id]);
  });

  it('keeps settings that were changed again since the same operation, and says so', async () => {
    const at = '2026-11-23T12:00:00.000Z';
    const id = await create();
    const task = stored(id);
    const batch = 'import-1';
    application.ledger.audit({
      at,
      author: 'cli',
      action: 'task.import',
      taskId: id,
      before: null,
      after: task,
      batch,
    });
    const settings = { action: 'settings.import', taskId: null, before: { theme: 'dark' }, after: { theme: 'light' } };
    const change = application.ledger.audit({ at, author: 'cli', ...settings, batch });
    expect(history.get(change).differences).toEqual([{ field: 'theme', before: 'dark', after: 'light' }]);
    const result = await history.undoAll({ batch }, 'cli');
    expect(result).toMatchObject({ undone: [2], refused: [{ id: change, message: expect.any(String) as unknown }] });
    expect(stored(id)).toBeUndefined();
  });

  it('skips what was already undone, and says if nothing is left', async () => {
    const id = await create({}, 'agent');
    await tasks.update(id, { name: 'B' }, 'agent');
    await history.undo(latest().id, 'agent');
    await history.undoAll({ author: 'agent' }, 'window');
    expect(stored(id)).toBeUndefined();
    await expect(history.undoAll({ author: 'agent' }, 'window')).rejects.toMatchObject({
      code: 'history/nothing-to-undo',
    });
    await expect(history.undoAll({ since: '2026-11-23T12:00:00.000Z' }, 'cli')).rejects.toMatchObject({
      code: 'usage/undo',
    });
  });
});
