import type { ScheduleFile } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { fingerprintOf, readText } from '../file-state.ts';
import type { FileContent, Fingerprint } from '../file-state.ts';
import { listBackups } from './backups.ts';
import { emptySchedule, parseSchedule, readChecked, type ScheduleDocument } from './document.ts';
import { wasChecked, type EditLedger } from './edits.ts';

/** The file's content: a schedule, or why it is not one. */
export type Loaded =
  | {
      readonly kind: 'valid';
      readonly file: ScheduleFile;
      readonly text: string | null;
      readonly fingerprint: Fingerprint;
    }
  | {
      readonly kind: 'problem';
      readonly code: 'store/unreadable' | 'store/newer';
      readonly message: string;
      readonly fingerprint: Fingerprint;
    };

/** Reads `schedule.json`; reads it again only if it changed. */
export class ScheduleReader {
  readonly #path: string;
  readonly #ledger: EditLedger;
  #loaded: Loaded | null = null;
  #lastValid: ScheduleFile | null = null;

  constructor(path: string, ledger: EditLedger) {
    this.#path = path;
    this.#ledger = ledger;
  }

  /** The last valid schedule; shown while the file on disk is invalid. */
  get lastValid(): ScheduleFile | null {
    return this.#lastValid;
  }

  /** Returns the file's present content; parses it again only if the file changed. */
  load(): Loaded {
    const known = this.#loaded;
    // A missing file is looked for with its backups each time: deleting them is how a person begins without tasks.
    const isLost = known?.kind === 'problem' && known.fingerprint === null;
    if (known !== null && !isLost && fingerprintOf(this.#path) === known.fingerprint) return known;
    return this.reload();
  }

  /** Same as `load`, but compares the text itself, for a writer: a fingerprint could be equal by chance. */
  reload(): Loaded {
    this.#loaded = this.#read();
    if (this.#loaded.kind === 'valid') this.#lastValid = this.#loaded.file;
    return this.#loaded;
  }

  #read(): Loaded {
    const content = readText(this.#path);
    if (content.kind === 'missing') return this.#missing();
    const { fingerprint } = content;
    const known = this.#loaded;
    if (content.kind === 'text' && known?.kind === 'valid' && known.text === content.text)
      return { ...known, fingerprint };
    const document = this.#document(content);
    if (document.kind === 'valid' && content.kind === 'text') {
      return { kind: 'valid', file: document.file, text: content.text, fingerprint };
    }
    if (document.kind === 'valid') throw new Error('a broken file has no valid content');
    const message = `${this.#path} is not used and will not be changed: ${document.reason} Repair it, or restore a backup (${readableBackups(this.#path)}).`;
    return { kind: 'problem', code: document.code, message, fingerprint };
  }

  /**
   * The app never deletes the file, so a file that is missing beside backups with tasks was lost. Otherwise there are no
   * tasks yet, or the last one was deleted.
   */
  #missing(): Loaded {
    const saved = listBackups(this.#path).find(({ file }) => file !== null)?.file ?? emptySchedule();
    if (Object.keys(saved.tasks).length === 0) {
      return { kind: 'valid', file: emptySchedule(), text: null, fingerprint: null };
    }
    const message = `${this.#path} is missing, although tasks were saved in it. Restore a backup (${readableBackups(this.#path)}), or delete the backups to begin without tasks.`;
    return { kind: 'problem', code: 'store/unreadable', message, fingerprint: null };
  }

  #document(content: Exclude<FileContent, { kind: 'missing' }>): ScheduleDocument {
    if (content.kind === 'broken') return { kind: 'invalid', code: 'store/unreadable', reason: `${content.reason}.` };
    return this.#wasChecked(content.text) ? readChecked(content.text) : parseSchedule(content.text);
  }

  #wasChecked(text: string): boolean {
    try {
      return wasChecked(this.#ledger, text);
    } catch (error) {
      // If the ledger cannot be read, the definitions must still be readable.
      if (error instanceof SchedulerError) return false;
      throw error;
    }
  }
}

/** Returns the names of the readable backups, for a message. */
export function readableBackups(path: string): string {
  const names = listBackups(path).flatMap(({ name, file }) => (file === null ? [] : [name]));
  return names.length === 0 ? 'there are none yet' : names.join(', ');
}
