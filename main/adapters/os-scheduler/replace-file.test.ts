import { lstatSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { replaceFile } from './replace-file.ts';

it('replaces a link instead of writing through it, and leaves nothing else', () => {
  const dir = mkdtempSync(join(temporaryDir(), 'units-'));
  const victim = join(dir, 'victim');
  writeFileSync(victim, 'precious');
  const path = join(dir, 'a.timer');
  symlinkSync(victim, path);
  // The name that earlier versions used for the new file, and that was easy to guess.
  symlinkSync(victim, `${path}.new-${process.pid}`);
  replaceFile(path, 'unit');
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(lstatSync(path).isFile()).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('unit');
  expect(readdirSync(dir).sort()).toEqual(['a.timer', `a.timer.new-${process.pid}`, 'victim']);
});

it('gives the file exactly the requested mode, whatever the umask', () => {
  const dir = temporaryDir();
  const old = process.umask(0o777);
  onTestFinished(() => void process.umask(old));
  replaceFile(join(dir, 'launcher'), '#!/bin/sh', 0o700);
  replaceFile(join(dir, 'unit'), 'x');
  expect(['launcher', 'unit'].map((name) => lstatSync(join(dir, name)).mode & 0o777)).toEqual([0o700, 0o600]);
});
