import { openDatabase } from './ledger/sqlite.ts';

/** Returns the rows of a query to another program's SQLite file, which is opened read-only. @throws the binding's error */
export function rowsOf(path: string, query: string): Readonly<Record<string, unknown>>[] {
  const database = openDatabase(path, { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}
