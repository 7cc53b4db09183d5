import type { MigrationReport } from '../contract/migration.ts';
import { LegacyOsEntries } from '../services/migration/legacy-os-entries.ts';
import { createMigration } from '../services/migration/migrate.ts';
import type { Migration } from '../services/migration/migrate.ts';
import type { MigrationOperations } from './application.ts';
import type { Core } from './core.ts';
import type { Outside } from './outside.ts';

/**
 * Migrates what ncp left in the data directory, at the first start that finds it. The old file stays in place until
 * everything in it is in our schedule and was read back.
 * @returns null when there was nothing.
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

/** Everything about migrating from ncp, as the command line and the window ask for it. */
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
