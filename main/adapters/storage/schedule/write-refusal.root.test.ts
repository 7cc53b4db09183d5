import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { addTask } from '../../../testing/schedule-samples.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { openScheduleStore } from './schedule-file.ts';

it('a disk that fills up while the app runs shows in its state, with the definitions', ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('needs root, to mount a small disk');
  const dir = temporaryDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    return skip('mounting a small disk is not allowed here');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  const store = openScheduleStore({ dir, ledger: memoryLedger() });
  const add = (id: string) =>
    store.update((draft) => {
      addTask(draft, { id });
    });
  add('a');
  expect(() => writeFileSync(join(dir, 'ballast'), Buffer.alloc(2_000_000))).toThrow(/ENOSPC/);
  expect(store.state()).toEqual({
    state: 'read-only',
    message: expect.stringMatching(/^The disk is full: .*schedule\.json/) as unknown,
  });
  expect(Object.keys(store.read().tasks)).toEqual(['a']);
  expect(() => add('b')).toThrow(expect.objectContaining({ code: 'store/disk-full' }));
  rmSync(join(dir, 'ballast'));
  add('b');
  execFileSync('mount', ['-o', 'remount,ro', dir]);
  expect(store.state()).toEqual({ state: 'read-only', message: expect.stringMatching(/mounted read-only/) as unknown });
  expect(() => add('c')).toThrow(expect.objectContaining({ code: 'store/read-only' }));
});
