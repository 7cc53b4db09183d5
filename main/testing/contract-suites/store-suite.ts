import { beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleFile } from '../../contract/task.ts';
import type { Store } from '../../ports/store.ts';
import { addTask, aTask } from '../schedule-samples.ts';

/** Checks what every `Store` must do. */
export function storeContract(open: () => Store): void {
  let store: Store;
  beforeEach(() => {
    store = open();
  });
  const add = (id: string, change: Record<string, unknown> = {}) => {
    store.update((draft) => {
      addTask(draft, { id, ...change });
    });
  };
  const names = (file: ScheduleFile | null | undefined) => Object.keys(file?.tasks ?? {});

  it('starts empty and writable', () => {
    expect(store.read()).toEqual({ version: '2.0.0', tasks: {}, timings: {} });
    expect(store.state()).toEqual({ state: 'ok' });
    expect(store.backups()).toEqual([]);
  });

  it('stores a change and returns its result', () => {
    const answer = store.update((draft) => {
      addTask(draft, { id: 'a' });
      return 'done';
    });
    expect(answer).toBe('done');
    expect(store.read().tasks['a']).toEqual(aTask({ id: 'a' }));
  });

  it('keeps unknown fields', () => {
    add('a', { color: 'red', policies: { future: [1, { deep: true }] } });
    add('b');
    expect(store.read().tasks['a']).toMatchObject({ color: 'red', policies: { future: [1, { deep: true }] } });
  });

  it('writes nothing if the change throws or changes nothing', () => {
    add('a');
    expect(() =>
      store.update((draft) => {
        delete draft.tasks['a'];
        throw new Error('no');
      }),
    ).toThrow('no');
    store.update(() => undefined);
    expect(names(store.read())).toEqual(['a']);
    expect(store.backups()).toHaveLength(1);
  });

  it('passes a copy: a kept draft does not change the schedule', () => {
    add('a');
    let kept: ScheduleFile | undefined;
    store.update((draft) => {
      kept = draft;
    });
    delete kept?.tasks['a'];
    expect(names(store.read())).toEqual(['a']);
  });

  describe('refuses a schedule that breaks a rule, by name', () => {
    it.each<[string, (draft: ScheduleFile) => void, RegExp]>([
      ['a field of the wrong type', (draft) => Object.assign(draft.tasks['a'] ?? {}, { name: 7 }), /tasks\.a\.name/],
      ['a task in no group', (draft) => draft.timings['daily-9am']?.taskIds.pop(), /does not list task "a"/],
      ['a missing group', (draft) => delete draft.timings['daily-9am'], /names group "daily-9am"/],
      ['a missing task', (draft) => delete draft.tasks['a'], /lists "a", but there is no such task/],
      ['a task listed twice', (draft) => draft.timings['daily-9am']?.taskIds.push('a'), /lists "a" twice/],
      ['a wrong key', (draft) => Object.assign(draft.tasks['a'] ?? {}, { id: 'b' }), /must be its key "a"/],
      ['another schedule', (draft) => Object.assign(draft.tasks['a'] ?? {}, { timezone: 'Asia/Tokyo' }), /Asia\/Tokyo/],
    ])('%s', (_name, change, message) => {
      add('a');
      const before = structuredClone(store.read());
      expect(() =>
        store.update((draft) => {
          change(draft);
        }),
      ).toThrow(expect.objectContaining({ code: 'store/invalid', message: expect.stringMatching(message) as unknown }));
      expect(store.read()).toEqual(before);
    });
  });

  it('keeps the last five contents, newest first, and restores one', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) add(id);
    expect(store.backups().map(({ name, file }) => [name, names(file).length])).toEqual([
      ['schedule.json.backup-1', 7],
      ['schedule.json.backup-2', 6],
      ['schedule.json.backup-3', 5],
      ['schedule.json.backup-4', 4],
      ['schedule.json.backup-5', 3],
    ]);
    store.restore('schedule.json.backup-3');
    expect(names(store.read())).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(names(store.backups()[1]?.file)).toHaveLength(7);
  });

  it('refuses a missing backup', () => {
    expect(() => store.restore('schedule.json.backup-9')).toThrow(expect.objectContaining({ code: 'store/no-backup' }));
  });

  it('adopts a converter’s result, and changes nothing for null', () => {
    add('a');
    expect(store.adopt(() => null)).toBeNull();
    expect(names(store.read())).toEqual(['a']);
    const adopted: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
    addTask(adopted, { id: 'z' });
    const seen: unknown[] = [];
    const kept = store.adopt((text) => {
      seen.push(JSON.parse(text));
      return adopted;
    });
    expect(kept).toContain('.replaced-');
    expect(seen).toMatchObject([{ tasks: { a: { id: 'a' } } }]);
    expect(names(store.read())).toEqual(['z']);
  });

  it('tells its watchers of its own writes before anything else happens, until they stop', async () => {
    let calls = 0;
    const stop = store.watch(() => {
      calls += 1;
    });
    add('a');
    await Promise.resolve();
    expect(calls).toBe(1);
    stop();
    add('b');
    await Promise.resolve();
    expect(calls).toBe(1);
  });
}
