import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDir } from '../testing/temporary-dir.ts';
import { dataDirProblem, needsElectron } from './data-dir-of.ts';

it('a folder of other programs is refused before anything is created in it', () => {
  const dir = temporaryDir();
  writeFileSync(join(dir, 'index.html'), '');
  expect(dataDirProblem(dir)).toContain(`--data-dir ${join(dir, 'ncp-scheduler')}`);
  expect(readdirSync(dir)).toEqual(['index.html']);
  expect(dataDirProblem(join(dir, 'ncp-scheduler'))).toBeNull();
});

it.each([
  ['nothing stored', [], ['electron']],
  ['a fleet', ['fleet.json'], ['electron', 'fleet', 'secrets']],
  ['secrets', ['secrets.json'], ['electron', 'secrets']],
  ['sign-ins', ['sign-ins.json'], ['electron', 'secrets']],
])('with %s, only commands that may decrypt it wait for Electron', (_, files, waiting) => {
  const dir = temporaryDir();
  for (const name of files) writeFileSync(join(dir, name), '{}');
  const needs = ['nothing', 'electron', 'fleet', 'secrets'] as const;
  expect(needs.filter((need) => needsElectron(need, dir))).toEqual(waiting);
});
