import { readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { addTask } from '../../testing/schedule-samples.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { createPrivateFile } from './private-file.ts';
import { openScheduleStore } from './schedule/schedule-file.ts';

it('a private file is for its owner only, whatever the umask', () => {
  const dir = temporaryDir();
  const old = process.umask(0);
  onTestFinished(() => void process.umask(old));
  for (const umask of [0, 0o777]) {
    process.umask(umask);
    createPrivateFile(join(dir, `file-${umask}`), 'text');
    expect(statSync(join(dir, `file-${umask}`)).mode & 0o777).toBe(0o600);
  }
});

it('a private file never replaces a file and never follows a link', () => {
  const dir = temporaryDir();
  writeFileSync(join(dir, 'victim'), 'precious');
  symlinkSync(join(dir, 'victim'), join(dir, 'link'));
  symlinkSync(join(dir, 'nowhere'), join(dir, 'dangling'));
  for (const name of ['victim', 'link', 'dangling']) {
    expect(() => createPrivateFile(join(dir, name), 'new')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  }
  expect(readFileSync(join(dir, 'victim'), 'utf8')).toBe('precious');
  expect(readdirSync(dir)).not.toContain('nowhere');
});

it('a save writes through no link at the name of a temporary file, and makes every copy private', () => {
  const dir = temporaryDir();
  const store = openScheduleStore({ dir, ledger: memoryLedger() });
  const add = (id: string) =>
    store.update((draft) => {
      addTask(draft, { id });
    });
  writeFileSync(join(dir, 'victim'), 'precious');
  symlinkSync(join(dir, 'victim'), join(dir, 'schedule.json.tmp-backup'));
  add('a');
  add('b');
  writeFileSync(join(dir, 'schedule.json'), 'garbage', { mode: 0o644 });
  const kept = store.restore('schedule.json.backup-1');
  expect(readFileSync(join(dir, 'victim'), 'utf8')).toBe('precious');
  expect(kept).not.toBeNull();
  const modes = readdirSync(dir).filter((name) => name.startsWith('schedule.json'));
  expect(modes.map((name) => [name, statSync(join(dir, name)).mode & 0o077])).toEqual(modes.map((name) => [name, 0]));
});
