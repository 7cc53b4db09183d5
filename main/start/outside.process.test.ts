import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, expect, it } from 'vitest';
import { temporaryDir } from '../testing/temporary-dir.ts';
import { openOutside } from './outside.ts';

const startedIn = process.cwd();
afterEach(() => process.chdir(startedIn));

function open() {
  const folder = temporaryDir();
  const script = join(folder, 'print-arguments.mjs');
  writeFileSync(script, 'console.log(JSON.stringify(process.argv.slice(2)));');
  const executable = { execPath: process.execPath, appImage: undefined, script, platform: process.platform };
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const dataDir = join(folder, 'data');
  const workers = () => Promise.reject(new Error('no task runs here'));
  return { folder, dataDir, outside: openOutside({ dataDir, version: '1.2.3', executable, logger, workers }) };
}

it('starts its own program for the same data directory', async () => {
  const { dataDir, outside } = open();
  const line = await (await outside.ownProgram()).firstLine(['tools', '--refresh', '--', 'files']);
  expect(JSON.parse(line)).toEqual(['--data-dir', dataDir, 'tools', '--refresh', '--', 'files']);
  outside.ledger.close();
});

it('opens in a working directory that was deleted', () => {
  const gone = join(temporaryDir(), 'gone');
  mkdirSync(gone);
  process.chdir(gone);
  rmdirSync(gone);
  const { outside } = open();
  expect(outside.store.read().tasks).toEqual({});
  outside.ledger.close();
});
