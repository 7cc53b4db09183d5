import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SchedulerError } from '../../domain/errors.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';

const keyName = 'export-key';

/**
 * Marks exports of this data directory, so that an import recognizes them. The mark is an HMAC (RFC 2104) of the whole
 * document with a key that stays in the ledger: nobody who only has a file can mark another one, or change a marked one.
 */
export class ExportMark {
  readonly #ledger: Marks & WriteLock;

  constructor(ledger: Marks & WriteLock) {
    this.#ledger = ledger;
  }

  /** Returns the mark of a document. Undefined if there is no key and none can be stored, such as on a full disk. */
  of(document: Readonly<Record<string, unknown>>): string | undefined {
    try {
      return markOf(document, this.#ledger.mark(keyName) ?? this.#newKey());
    } catch (problem) {
      // An export must succeed where nothing can be written; its tasks are then imported paused.
      if (problem instanceof SchedulerError && problem.code.startsWith('store/')) return undefined;
      throw problem;
    }
  }

  /** Returns true if this data directory exported the document, and nobody has changed it since. */
  isOf(document: Readonly<Record<string, unknown>>): boolean {
    const { mark } = document;
    const key = this.#ledger.mark(keyName);
    if (typeof mark !== 'string' || key === null) return false;
    const [given, right] = [Buffer.from(mark), Buffer.from(markOf(document, key))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #newKey(): string {
    return this.#ledger.withWriteLock(() => {
      // Another process may have made one while this one waited for the lock.
      const key = this.#ledger.mark(keyName) ?? randomBytes(32).toString('hex');
      this.#ledger.setMark(keyName, key);
      return key;
    });
  }
}

function markOf({ mark: _mark, ...document }: Readonly<Record<string, unknown>>, key: string): string {
  // As it will be read back: a field with the value undefined is not in the file.
  const written: unknown = JSON.parse(JSON.stringify(document));
  return createHmac('sha256', key).update(canonicalJson(written)).digest('hex');
}
