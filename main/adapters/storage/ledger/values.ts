import { SchedulerError } from '../../../domain/errors.ts';
import type { SqliteRow, SqliteValue } from './sqlite.ts';

/** Returns an instant in the ledger's form: ms since 1970. */
export function toMs(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) {
    throw new SchedulerError(
      'usage/instant',
      `"${instant}" is not an ISO 8601 instant such as 2026-12-03T14:15:00.000Z.`,
      {
        instant,
      },
    );
  }
  return ms;
}

/** Returns an instant, or null, in the ledger's form. */
export function toMsOrNull(instant: string | null): number | null {
  return instant === null ? null : toMs(instant);
}

/** Returns an instant in the contract's form. */
export function toIso(ms: SqliteValue | undefined): string {
  return new Date(Number(ms)).toISOString();
}

/** Returns an instant, or null, in the contract's form. */
export function toIsoOrNull(ms: SqliteValue | undefined): string | null {
  return ms === null || ms === undefined ? null : toIso(ms);
}

/** Returns a column as text. */
export function text(row: SqliteRow, column: string): string {
  return String(row[column]);
}

/** Returns a column as text, or null. */
export function textOrNull(row: SqliteRow, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}

/** Returns a column as a number. */
export function integer(row: SqliteRow, column: string): number {
  return Number(row[column]);
}

/** Returns a column as a number, or null. */
export function numberOrNull(row: SqliteRow, column: string): number | null {
  const value = row[column];
  return value === null || value === undefined ? null : Number(value);
}

/** Returns the value of a JSON column; null if it is empty. */
export function json(row: SqliteRow, column: string): unknown {
  const value = row[column];
  return typeof value === 'string' ? JSON.parse(value) : null;
}

/**
 * Returns a value as JSON for a column. Values that JSON cannot express (functions, undefined) become an empty column.
 */
export function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : (JSON.stringify(value) ?? null);
}
