import { statSync } from 'node:fs';
import { refuseOther } from '../files/read-file.ts';
import { openDatabase } from './ledger/sqlite.ts';

/** How long its own program may hold it: this process does nothing else meanwhile. In ms. */
const busyTimeoutMs = 250;
/** What SQLite opens beside a database, by what is appended to its name. */
const companions = ['-wal', '-shm', '-journal'];

/**
 * Returns the rows of a query to another program's SQLite file, which is opened read-only. Opens nothing but regular files: a
 * named pipe would block the process.
 * @throws the binding's error; an error that says what the path is instead
 */
export function rowsOf(path: string, query: string): Readonly<Record<string, unknown>>[] {
  refuseOther(statSync(path));
  for (const companion of companions) {
    const stats = statSync(path + companion, { throwIfNoEntry: false });
    if (stats !== undefined) refuseOther(stats);
  }
  const database = openDatabase(path, { readOnly: true, busyTimeoutMs });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
