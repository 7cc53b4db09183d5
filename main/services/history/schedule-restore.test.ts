import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { ScheduleRestore } from './schedule-restore.ts';

function broken() {
  const dir = temporaryDir();
  const ledger = memoryLedger();
  const writer = openScheduleStore({ dir, ledger });
  writer.update((draft) => addTask(draft, { id: 'a' }));
  writer.update((draft) => addTask(draft, { id: 'b' }));
  const path = join(dir, 'schedule.json');
  writeFileSync(path, '{ broken');
  // Another process, which has never read the valid file.
  const store = openScheduleStore({ dir, ledger });
  const sync = { sync: () => Promise.resolve([]) };
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  return { path, ledger, store, restore: new ScheduleRestore({ store, ledger, clock, sync, newId: () => 'batch' }) };
}

it('compares the backups of an unreadable file with what was saved last', () => {
  const { restore } = broken();
  expect(restore.list().map(({ tasks, changes }) => [tasks, changes.map(({ kind }) => kind)])).toEqual([
    [2, []],
    [1, ['deleted']],
  ]);
});

it('restores the last saved version without a change of any task, so that no undo can delete them all', async () => {
  const { path, ledger, store, restore } = broken();
  const { kept, batch, changes } = await restore.restore('schedule.json.backup-1', 'cli');
  expect({ batch, changes }).toEqual({ batch: null, changes: [] });
  expect(Object.keys(store.read().tasks)).toEqual(['a', 'b']);
  expect(readFileSync(kept ?? '', 'utf8')).toBe('{ broken');
  expect(readFileSync(path, 'utf8')).toContain('"a"');
  expect(ledger.changes({ author: 'cli' }, 10)).toEqual([]);
});
