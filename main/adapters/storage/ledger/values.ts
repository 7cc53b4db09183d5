import { SchedulerError } from '../../../domain/errors.ts';
import type { SqliteRow, SqliteValue } from './sqlite.ts';

/** The ledger's form of an instant: ms since 1970. */
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

/** An instant or nothing, to the ledger's form. */
export function toMsOrNull(instant: string | null): number | null {
  return instant === null ? null : toMs(instant);
}

/** The contract's form of an instant. */
export function toIso(ms: SqliteValue | undefined): string {
  return new Date(Number(ms)).toISOString();
}

/** The contract's form of an instant that may be missing. */
export function toIsoOrNull(ms: SqliteValue | undefined): string | null {
  return ms === null || ms === undefined ? null : toIso(ms);
}

/** A column as text. */
export function text(row: SqliteRow, column: string): string {
  return String(row[column]);
}

/** A column as text, or null. */
export function textOrNull(row: SqliteRow, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}

/** A column as a number. */
export function integer(row: SqliteRow, column: string): number {
  return Number(row[column]);
}

/** A column as a number, or null. */
export function numberOrNull(row: SqliteRow, column: string): number | null {
  const value = row[column];
  return value === null || value === undefined ? null : Number(value);
}

/** A JSON column; null where it is empty. */
export function json(row: SqliteRow, column: string): unknown {
  const value = row[column];
  return typeof value === 'string' ? JSON.parse(value) : null;
}

/** JSON for a column. What JSON cannot say (functions, undefined) becomes an empty column. */
export function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : (JSON.stringify(value) ?? null);
}
