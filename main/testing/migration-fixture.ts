import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { legacyFiles } from '../adapters/storage/legacy-files.ts';
import { openScheduleStore } from '../adapters/storage/schedule/schedule-file.ts';
import type { Timing } from '../contract/task.ts';
import type { LegacyData } from '../ports/legacy-data.ts';
import { createMigration } from '../services/migration/migrate.ts';
import { fakeClock } from './fake-clock.ts';
import { memoryLedger } from './memory-ledger.ts';
import { temporaryDir } from './temporary-dir.ts';

/** A data directory that ncp 2.3.1 wrote in its V1 format. */
export const ncpFixtureDir = join(import.meta.dirname, '..', 'services', 'migration', 'fixtures', 'ncp-v1');

/** ISO instant of the migrations in tests. They run in the time zone of Berlin. */
export const migrationTime = '2026-11-23T12:00:00.000Z';

/** Creates a temporary data directory with a copy of the fixture, and a migration for it. */
export function migrationFixture(options: { readonly v1?: boolean; readonly legacy?: Partial<LegacyData> } = {}) {
  const dir = temporaryDir();
  if (options.v1 !== false) cpSync(ncpFixtureDir, dir, { recursive: true });
  const ledger = memoryLedger();
  const store = openScheduleStore({ dir, ledger, now: () => Date.parse(migrationTime) });
  const open = (legacy: Partial<LegacyData> = {}) =>
    createMigration({
      store,
      ledger,
      legacy: { ...legacyFiles, ...legacy },
      clock: fakeClock(migrationTime),
      dataDir: dir,
      machineTimezone: 'Europe/Berlin',
    });
  /** Returns the groups that list the task with this name. */
  const groupsOf = (name: string): Timing[] => {
    const file = store.read();
    const task = Object.values(file.tasks).find((candidate) => candidate.name === name);
    return Object.values(file.timings).filter(({ taskIds }) => taskIds.includes(task?.id ?? ''));
  };
  return {
    dir,
    ledger,
    store,
    open,
    migration: open(options.legacy),
    groupsOf,
    state: (id: string) => ledger.runState([id]).get(id),
    jobs: join(dir, 'jobs.json'),
  };
}
