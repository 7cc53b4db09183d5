import type { MigrationReport } from '../contract/migration.ts';
import type { MigrationOperations } from './application.ts';
import type { Core } from './core.ts';

type MigrationCore = Pick<Core, 'store' | 'ledger' | 'clock' | 'paths' | 'timezone'>;

/**
 * Takes over what ncp left in the data directory, at the first start that finds it. The old file stays where it is until
 * everything in it is in our schedule and was read back.
 * @returns null when there was nothing.
 */
export async function migrateFromNcp(core: MigrationCore): Promise<MigrationReport | null> {
  const migration = await migrationOf(core);
  return migration.isNeeded() ? migration.migrate() : null;
}

export async function migrationOf({ store, ledger, clock, paths, timezone }: MigrationCore) {
  const [{ createMigration }, { legacyFiles }] = await Promise.all([
    import('../services/migration/migrate.ts'),
    import('../adapters/storage/legacy-files.ts'),
  ]);
  const needs = { store, ledger, clock, legacy: legacyFiles, dataDir: paths.dir, machineTimezone: timezone };
  return createMigration(needs);
}

/** Everything about taking over, as the command line and the window ask for it. */
export async function migrationOperations(core: Core): Promise<MigrationOperations> {
  const { LegacyOsEntries } = await import('../services/migration/legacy-os-entries.ts');
  const migration = await migrationOf(core);
  const legacy = new LegacyOsEntries(core);
  return {
    migrate: (options) => migration.migrate(options),
    install: () => core.sync.sync(),
    legacyEntries: () => legacy.list(),
    replaceLegacyEntries: () => legacy.replace(),
  };
}
