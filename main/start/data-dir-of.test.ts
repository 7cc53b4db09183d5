import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDir } from '../testing/temporary-dir.ts';
import { dataDirProblem } from './data-dir-of.ts';

it('a folder of other programs is refused before anything is created in it', () => {
  const dir = temporaryDir();
  writeFileSync(join(dir, 'index.html'), '');
  expect(dataDirProblem(dir)).toContain(`--data-dir ${join(dir, 'ncp-scheduler')}`);
  expect(readdirSync(dir)).toEqual(['index.html']);
  expect(dataDirProblem(join(dir, 'ncp-scheduler'))).toBeNull();
});
