import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../adapters/storage/ledger/sqlite.ts';
import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import type { LedgerFileOptions } from '../adapters/storage/ledger/recovery.ts';
import type { ScheduleFile } from '../contract/task.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { LedgerLoss } from '../ports/ledger/losses.ts';
import { anExecution, slotAt } from './ledger-samples.ts';
import { addTask } from './schedule-samples.ts';
import { temporaryDir } from './temporary-dir.ts';

/** The time of every clock below: long after the slots of the tests, so that a lost ledger lets none of them start. */
export const lossNoticedAt = '2026-11-23T18:00:10.000Z';

/** The files that SQLite keeps beside the ledger, by suffix. */
export const ledgerHelpers = ['-wal', '-shm'];

/** A data directory with a ledger. `told` lists the losses that were reported. */
export interface LedgerDirectory {
  readonly dir: string;
  readonly path: string;
  readonly told: LedgerLoss[];
  readonly open: (change?: LedgerFileOptions) => Ledger;
}

/** Creates an empty data directory. Call it inside a test. */
export function ledgerDirectory(): LedgerDirectory {
  const dir = join(temporaryDir(), 'data');
  mkdirSync(dir);
  return ledgerDirectoryAt(dir);
}

/** Returns the existing data directory `dir`. */
export function ledgerDirectoryAt(dir: string): LedgerDirectory {
  const path = join(dir, 'ledger.db');
  const told: LedgerLoss[] = [];
  const now = () => Date.parse(lossNoticedAt);
  const onLost = (loss: LedgerLoss) => void told.push(loss);
  return { dir, path, told, open: (change = {}) => openLedger(path, { now, onLost, ...change }) };
}

/** Writes a `schedule.json` with the task `t1`. */
export function saveTask(dir: string): void {
  const file: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
  addTask(file, { id: 't1' });
  writeFileSync(join(dir, 'schedule.json'), JSON.stringify(file));
}

/** Claims the slot `minute` of `t1`; see `slotAt`. */
export function claimSlot(ledger: Ledger, minute: number): boolean {
  return ledger.claim(anExecution({ executionId: randomUUID(), slot: slotAt(minute) }));
}

/** Saves a task, claims slot 1, then slot 2; `between` runs in between, with the ledger closed. */
export function claimTwo({ dir, open }: LedgerDirectory, between: () => void = () => undefined): void {
  open().close();
  saveTask(dir);
  for (const minute of [1, 2]) {
    const ledger = open();
    if (!claimSlot(ledger, minute)) throw new Error(`slot ${minute} could not be claimed`);
    ledger.close();
    if (minute === 1) between();
  }
}

/** Deletes the ledger with the files that SQLite keeps beside it. */
export function deleteLedger(path: string): void {
  for (const suffix of ['', ...ledgerHelpers]) rmSync(path + suffix, { force: true });
}

/** Overwrites a file in place, as `cp` does. */
export function copyOver(from: string, to: string): void {
  copyFileSync(from, to);
}

/** Overwrites the first page of a table or index with invalid data. Needs a ledger that no process is writing. */
export function damagePageOf(path: string, name: string): void {
  const database = openDatabase(path);
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const bytes = readFileSync(path);
  const page = Number(row?.['rootpage']);
  bytes.fill(0x5a, (page - 1) * 4096, page * 4096);
  writeFileSync(path, bytes);
}
