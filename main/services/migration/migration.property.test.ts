import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { legacyFiles } from '../../adapters/storage/legacy-files.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { LegacyData } from '../../ports/legacy-data.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { ncpFixtureDir } from '../../testing/migration-fixture.ts';
import { mutated } from '../../testing/mutated-text.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { legacyHistory } from './legacy-history.ts';
import { createMigration } from './migrate.ts';

/** The unusual jobs are the first 19 of the fixture. */
function someJobs(): string {
  const { version, jobs } = JSON.parse(readFileSync(join(ncpFixtureDir, 'jobs.json'), 'utf8')) as {
    version: string;
    jobs: Record<string, unknown>;
  };
  return JSON.stringify({ version, jobs: Object.fromEntries(Object.entries(jobs).slice(0, 19)) }, null, 1);
}

it('2,000 mutated jobs.json: each job becomes a task or is listed, or the file is refused and stays', () => {
  const ledger = memoryLedger();
  fc.assert(
    fc.property(mutated(someJobs()), (mutant) => {
      let retired = 0;
      const legacy: LegacyData = {
        read: (_dir, file) => (file === 'jobs.json' ? mutant : null),
        jobBackups: () => [],
        executionRows: () => [],
        executionDocuments: () => [],
        retireJobs: () => `backup-${(retired += 1)}`,
      };
      const store = memoryStore();
      const needs = { store, ledger, legacy, clock: fakeClock(), dataDir: '/memory', machineTimezone: 'UTC' };
      try {
        const report = createMigration(needs).migrate();
        const jobs = Object.keys((JSON.parse(mutant) as { jobs: object }).jobs);
        expect(report.tasks.length + report.skipped.length).toBe(jobs.length);
        expect(retired).toBe(1);
      } catch (error) {
        if (!(error instanceof SchedulerError)) throw error;
        expect(error.code).toBe('store/unreadable');
        expect(retired).toBe(0);
        expect(store.read().tasks).toEqual({});
      }
    }),
    { numRuns: 2000 },
  );
});

it('2,000 mutated summary.csv: history is kept or skipped, and nothing throws', () => {
  const dir = temporaryDir();
  const path = join(dir, 'executions', 'summary.csv');
  mkdirSync(join(dir, 'executions'));
  const ledger = memoryLedger();
  fc.assert(
    fc.property(mutated(readFileSync(join(ncpFixtureDir, 'executions', 'summary.csv'), 'utf8')), (mutant) => {
      writeFileSync(path, mutant);
      const history = legacyHistory(legacyFiles.executionRows(dir), [mutant], () => null);
      ledger.importHistory({ executions: history.executions, runStates: [] });
      expect(readFileSync(path).equals(Buffer.from(mutant))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
