import { writeSync } from 'node:fs';
import process from 'node:process';
import { dataPaths, prepareDataDir } from '../../adapters/storage/data-dir.ts';
import { legacyFiles } from '../../adapters/storage/legacy-files.ts';
import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import { openLedger } from '../../adapters/storage/ledger/sqlite-ledger.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import { createMigration } from '../../services/migration/migrate.ts';

/** `migration-child.mjs DIR`: imports ncp's files in DIR. The test kills it at any point. */
function main(): void {
  const [dir = ''] = process.argv.slice(2);
  prepareDataDir(dir);
  const ledger = openLedger(dataPaths(dir).ledger);
  const store = openScheduleStore({ dir, ledger });
  writeSync(1, 'ready\n');
  createMigration({
    store,
    ledger,
    legacy: legacyFiles,
    clock: systemClock,
    dataDir: dir,
    machineTimezone: 'Europe/Berlin',
  }).migrate();
  writeSync(1, 'done\n');
}

main();
