import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { findProgram } from './program-finder.ts';

it.runIf(process.platform !== 'win32')('finds what execvp would start', async () => {
  const dir = temporaryDir();
  const file = (folder: string, mode: number) => {
    mkdirSync(join(dir, folder), { recursive: true });
    writeFileSync(join(dir, folder, 'tool'), '#!/bin/sh\n');
    chmodSync(join(dir, folder, 'tool'), mode);
  };
  file('a', 0o644);
  mkdirSync(join(dir, 'b/tool'), { recursive: true });
  file('c', 0o755);
  file('d', 0o755);
  const path = ['relative', '', ...['a', 'b', 'missing', 'c', 'd'].map((name) => join(dir, name))].join(':');
  expect(await findProgram('tool', path)).toBe(join(dir, 'c/tool'));
  expect(await findProgram(join(dir, 'd/tool'), '')).toBe(join(dir, 'd/tool'));
  expect(await findProgram(join(dir, 'a/tool'), path)).toBeNull();
  expect(await findProgram('./tool', path)).toBeNull();
  expect(await findProgram('nothing', path)).toBeNull();
});
