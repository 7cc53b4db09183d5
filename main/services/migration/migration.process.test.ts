import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, expect, it } from 'vitest';
import { legacyFiles } from '../../adapters/storage/legacy-files.ts';
import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import { openLedger } from '../../adapters/storage/ledger/sqlite-ledger.ts';
import { builtScript } from '../../testing/built-script.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { ncpFixtureDir } from '../../testing/migration-fixture.ts';
import { startNode } from '../../testing/node-process.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { createMigration } from './migrate.ts';

const crashes = process.env['TEST_DEEP'] === '1' ? 200 : 15;
let script: string;
beforeAll(async () => {
  script = await builtScript('main/testing/children/migration-child.ts');
});

/** Checks a directory after a crash, continues the migration, and checks again. */
function finish(dir: string): void {
  const original = readFileSync(join(ncpFixtureDir, 'jobs.json'));
  const ledger = openLedger(join(dir, 'ledger.db'));
  const store = openScheduleStore({ dir, ledger });
  expect(store.state()).toEqual({ state: 'ok' });
  const tasks = () => Object.keys(store.read().tasks);
  expect([0, 100]).toContain(tasks().length);
  if (existsSync(join(dir, 'jobs.json'))) expect(readFileSync(join(dir, 'jobs.json'))).toEqual(original);
  else expect(tasks()).toHaveLength(100);

  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const needs = { store, ledger, legacy: legacyFiles, clock, dataDir: dir, machineTimezone: 'Europe/Berlin' };
  createMigration(needs).migrate();
  const file = store.read();
  expect(
    Object.values(file.timings)
      .flatMap(({ taskIds }) => taskIds)
      .sort(),
  ).toEqual(Object.keys(file.tasks).sort());
  expect(tasks()).toHaveLength(100);
  expect(ledger.runState(['job-005']).get('job-005')).toMatchObject({ executionCount: 812 });
  expect(ledger.get('exec-2')).toMatchObject({ status: 'failure' });
  for (const id of tasks()) expect(ledger.auditTrail(id).length).toBeGreaterThan(0);
  expect(existsSync(join(dir, 'jobs.json'))).toBe(false);
  const backups = readdirSync(dir).filter((name) => name.startsWith('jobs.json.backup-'));
  expect(backups).toHaveLength(1);
  expect(readFileSync(join(dir, backups[0] ?? ''))).toEqual(original);
  ledger.close();
}

it(`killed ${crashes} times at random, a migration has not begun, is done, or continues`, async () => {
  let interrupted = 0;
  for (let round = 0; round < crashes; round += 1) {
    const dir = temporaryDir();
    cpSync(ncpFixtureDir, dir, { recursive: true });
    const { child, lines, ended, said } = startNode(script, [dir]);
    await said('ready');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 80));
    child.kill('SIGKILL');
    await ended;
    if (!lines.includes('done')) interrupted += 1;
    finish(dir);
  }
  expect(interrupted).toBeGreaterThan(0);
}, 900_000);
