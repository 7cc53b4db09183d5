import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LedgerLoss } from '../../../../ports/ledger/losses.ts';
import type { SqliteRow, SqliteStatement } from '../sqlite.ts';
import type { Place } from './place.ts';

/** Prepares a statement on the ledger. */
export type Prepare = (sql: string) => SqliteStatement;

const identitySchema = z.object({
  id: z.string(),
  /** Ids that this ledger had, or that other ledgers at this path had; the latest first. */
  formerly: z.array(z.string()),
  place: z.object({ born: z.string(), inode: z.string().nullable(), machine: z.string().nullable() }),
});

/** The ledger's record of which ledger it is. */
export type Identity = z.infer<typeof identitySchema>;

/** Number of former ids that are kept: more than losses that a running app can miss. */
const formerIds = 20;

/** Returns the ledger's identity, or null if an earlier version of the app wrote it. */
export function readIdentity(prepare: Prepare): Identity | null {
  const stored = readMeta(prepare, 'identity');
  return stored === null ? null : identitySchema.parse(JSON.parse(stored));
}

export function writeIdentity(prepare: Prepare, identity: Identity): void {
  writeMeta(prepare, 'identity', JSON.stringify(identity));
}

/** Returns an identity with a new id that remembers former ones. */
export function newIdentity(place: Place, formerly: readonly (string | undefined)[]): Identity {
  const known = formerly.filter((id): id is string => id !== undefined);
  return { id: randomUUID(), formerly: [...new Set(known)].slice(0, formerIds), place };
}

/** Returns how often this ledger wrote claims. */
export function readClaims(prepare: Prepare): number {
  return Number(readMeta(prepare, 'claims') ?? 0);
}

/** Records a loss: from now on, slots up to `at` count as past. */
export function writeLoss(prepare: Prepare, loss: LedgerLoss): void {
  writeMeta(prepare, 'loss', JSON.stringify(loss));
  writeMeta(prepare, 'floor', String(Date.parse(loss.at)));
}

export function readMeta(prepare: Prepare, key: string): string | null {
  const row: SqliteRow | undefined = prepare('SELECT value FROM meta WHERE key = ?').get(key);
  return row === undefined ? null : String(row['value']);
}

export function writeMeta(prepare: Prepare, key: string, value: string): void {
  prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
}
