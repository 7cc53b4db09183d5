import { join } from 'node:path';
import { readFile } from '../../files/read-file.ts';
import type { ScheduleFile } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { Store, StoreBackup, StoreState } from '../../../ports/store.ts';
import type { WriteLock } from '../../../ports/ledger/ledger.ts';
import { removeStaleTemporaries, writeDurably } from '../durable-write.ts';
import { witnessBeside } from '../ledger/loss/witness.ts';
import { writeError } from '../file-errors.ts';
import { refuseForeignOwner } from '../../files/file-owner.ts';
import { fingerprintOf, readText, realPath, largestDocumentBytes } from '../file-state.ts';
import { createPrivateFile } from '../private-file.ts';
import { backupTexts, listBackups, prepareBackup } from './backups.ts';
import { changedTasks, checkedText } from './draft.ts';
import { auditForeignText, isOwnText, markOwnText } from './edits.ts';
import type { EditLedger } from './edits.ts';
import { readableBackups, ScheduleReader, type Loaded } from './reader.ts';
import { sharedWatch } from '../shared-watch.ts';
import { watchFile } from '../watch-file.ts';
import { writeRefusal } from './write-refusal.ts';
import type { WatchTiming } from '../watch-file.ts';

export interface ScheduleStoreNeeds {
  /** The data directory, which must exist. */
  readonly dir: string;
  /** Its write lock separates the writers of all processes, and its audit records manual edits. */
  readonly ledger: WriteLock & EditLedger;
  /** Why the ledger could not be opened. Then definitions are shown, and every change throws this error. */
  readonly refusal?: SchedulerError | null;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  readonly watchTiming?: WatchTiming;
}

/** Another program wrote the file between this app's read and its replacement. */
class ChangedMeanwhile extends Error {}

const attempts = 20;

/** Opens the definitions in `<dir>/schedule.json`. */
export function openScheduleStore(needs: ScheduleStoreNeeds): Store {
  return new ScheduleFileStore(needs);
}

class ScheduleFileStore implements Store {
  readonly path: string;
  readonly #needs: ScheduleStoreNeeds;
  readonly #reader: ScheduleReader;
  readonly #watch = sharedWatch((notify) => {
    const noticed = () => {
      try {
        this.#noticeEdit();
      } catch (error) {
        // The audit of the edit is only delayed: the next save checks again and throws the same error.
        if (!(error instanceof SchedulerError)) throw error;
      }
      notify();
    };
    return watchFile(realPath(this.path), noticed, this.#needs.watchTiming);
  });

  constructor(needs: ScheduleStoreNeeds) {
    this.#needs = needs;
    this.path = join(needs.dir, 'schedule.json');
    this.#reader = new ScheduleReader(this.path, needs.ledger);
  }

  read(): ScheduleFile {
    const loaded = this.#reader.load();
    if (loaded.kind === 'valid') return loaded.file;
    if (this.#reader.lastValid !== null) return this.#reader.lastValid;
    throw this.#problemError(loaded);
  }

  state(): StoreState {
    const loaded = this.#reader.load();
    if (loaded.kind === 'problem') return { state: 'read-only', message: loaded.message };
    const refusal = this.#writeRefusal();
    return refusal === null ? { state: 'ok' } : { state: 'read-only', message: refusal.message };
  }

  update<T>(change: (draft: ScheduleFile) => T): T {
    return this.#locked(() => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          // In its own transaction, so that what a repeated `change` wrote to the ledger is undone first.
          return this.#needs.ledger.withWriteLock(() => this.#changeOnce(change));
        } catch (error) {
          if (!(error instanceof ChangedMeanwhile)) throw error;
          if (attempt === attempts) throw this.#neverQuiet();
        }
      }
    });
  }

  backups(): StoreBackup[] {
    return listBackups(this.path);
  }

  restore(backupName: string): string | null {
    return this.#locked(() => {
      const backup = this.backups().find(({ name }) => name === backupName);
      if (backup === undefined || backup.file === null) {
        throw new SchedulerError(
          'store/no-backup',
          `There is no readable backup "${backupName}". Readable ones: ${readableBackups(this.path)}.`,
          { backup: backupName },
        );
      }
      return this.#replaceWhole(backup.file);
    });
  }

  adopt(convert: (text: string) => ScheduleFile | null): string | null {
    return this.#locked(() => {
      const content = readText(this.path);
      if (content.kind !== 'text') return null;
      const file = convert(content.text);
      return file === null ? null : this.#replaceWhole(file);
    });
  }

  watch(listener: () => void): () => void {
    return this.#watch.add(listener);
  }

  #changeOnce<T>(change: (draft: ScheduleFile) => T): T {
    const loaded = this.#reader.reload();
    if (loaded.kind === 'problem') throw this.#problemError(loaded);
    this.#keepForeignEdit(loaded.file, loaded.text);
    const draft = structuredClone(loaded.file);
    const result = change(draft);
    const changed = changedTasks(draft, loaded.file);
    if (changed === null) return result;
    this.#write(checkedText(draft, changed), () => {
      if (fingerprintOf(this.path) !== loaded.fingerprint) throw new ChangedMeanwhile('the file was changed meanwhile');
    });
    return result;
  }

  #write(text: string, beforeReplace: () => void): void {
    try {
      markOwnText(this.#needs.ledger, text);
      const target = realPath(this.path);
      refuseForeignOwner(target);
      for (const path of new Set([target, this.path, witnessBeside(this.path)])) removeStaleTemporaries(path);
      const keepBackup = prepareBackup(this.path, text);
      writeDurably(target, text, beforeReplace);
      keepBackup();
    } catch (error) {
      throw writeError(error, this.path);
    }
    this.#reader.reload();
    this.#watch.look();
  }

  /** Replaces the file and keeps a copy of the old one. Copied, not moved: a crash leaves the old file in place. */
  #replaceWhole(file: ScheduleFile): string | null {
    const text = checkedText(file);
    const time = new Date((this.#needs.now ?? Date.now)()).toISOString().replaceAll(/[:.]/g, '-');
    const kept = `${this.path}.replaced-${time}`;
    try {
      const exists = fingerprintOf(this.path) !== null;
      if (exists) createPrivateFile(kept, readFile(this.path, largestDocumentBytes));
      this.#write(text, () => undefined);
      return exists ? kept : null;
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  /** Backs up what another program wrote, and records its changes in the audit, so that every edit is recorded. */
  #keepForeignEdit(file: ScheduleFile, text: string | null): void {
    const { ledger } = this.#needs;
    if (text === null || isOwnText(ledger, text)) return;
    const backups = backupTexts(this.path);
    const at = new Date((this.#needs.now ?? Date.now)()).toISOString();
    auditForeignText(ledger, { text, file, backups, at });
    if (backups[0] === text) return;
    try {
      prepareBackup(this.path, text)();
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  #noticeEdit(): void {
    const noticed = this.#reader.load();
    if (noticed.kind !== 'valid' || noticed.text === null || isOwnText(this.#needs.ledger, noticed.text)) return;
    if (this.#writeRefusal() !== null) return;
    this.#locked(() => {
      const current = this.#reader.load();
      if (current.kind === 'valid') this.#keepForeignEdit(current.file, current.text);
    });
  }

  #locked<T>(action: () => T): T {
    const refusal = this.#writeRefusal();
    if (refusal !== null) throw refusal;
    return this.#needs.ledger.withWriteLock(action);
  }

  #writeRefusal(): SchedulerError | null {
    return this.#needs.refusal ?? writeRefusal(this.path);
  }

  #neverQuiet(): SchedulerError {
    return new SchedulerError(
      'store/locked',
      `${this.path} was not changed: another program kept writing to it. Close the file there and try again.`,
      { path: this.path },
    );
  }

  #problemError(problem: Extract<Loaded, { kind: 'problem' }>): SchedulerError {
    return new SchedulerError(problem.code, problem.message, { path: this.path });
  }
}
