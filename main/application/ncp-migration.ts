import type { MigrationReport } from '../contract/migration.ts';
import { LegacyOsEntries } from '../services/migration/legacy-os-entries.ts';
import { createMigration } from '../services/migration/migrate.ts';
import type { Migration } from '../services/migration/migrate.ts';
import type { MigrationOperations } from './operations.ts';
import type { Core } from './core.ts';
import type { Outside } from './outside.ts';

/**
 * Migrates the data of ncp in the data directory, at the first start that finds it. Keeps the old file in place until
 * all its tasks are written to this app's schedule and read back.
 * @returns the report; null if there was nothing to migrate
 */
export async function migrateFromNcp(outside: Outside): Promise<MigrationReport | null> {
  const migration = await migrationOf(outside);
  return migration.isNeeded() ? migration.migrate() : null;
}

async function migrationOf(outside: Outside): Promise<Migration> {
  const { store, ledger, clock, dataDir, timezone } = outside;
  const legacy = await outside.legacyData();
  return createMigration({ store, ledger, clock, legacy, dataDir, machineTimezone: timezone() });
}

/** Returns the migration operations for the command line and the window. */
export async function migrationOperations(outside: Outside, { sync }: Core): Promise<MigrationOperations> {
  const migration = await migrationOf(outside);
  const legacy = new LegacyOsEntries({ store: outside.store, sync });
  return {
    migrate: (options) => migration.migrate(options),
    install: () => sync.sync(),
    legacyEntries: () => legacy.list(),
    replaceLegacyEntries: () => legacy.replace(),
  };
}
