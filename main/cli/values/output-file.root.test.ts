import { lchownSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { writeNewFile } from './output-file.ts';

it('--force overwrites the target of an own link, but not of a link that another user made', ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('needs root, to make a link of another user');
  const dir = temporaryDir();
  const target = join(dir, 'target');
  const link = join(dir, 'link');
  writeFileSync(target, 'old');
  symlinkSync(target, link);
  writeNewFile(link, 'new', { force: true });
  expect(readFileSync(target, 'utf8')).toBe('new');
  lchownSync(link, 1234, 1234);
  expect(() => writeNewFile(link, 'stolen', { force: true })).toThrow(
    expect.objectContaining({ code: 'usage/unwritable-file' }),
  );
  expect(readFileSync(target, 'utf8')).toBe('new');
});
