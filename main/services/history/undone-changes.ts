import { SchedulerError } from '../../domain/errors.ts';
import type { AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';

/** Tells which changes are undone. If an undo is itself undone, its change is in effect again. */
export class UndoneChanges {
  readonly #ledger: AuditTrail;

  constructor(ledger: AuditTrail) {
    this.#ledger = ledger;
  }

  isUndone(sequence: number): boolean {
    return this.#undoerOf(sequence) !== undefined;
  }

  /** @throws SchedulerError `history/already-undone`. */
  refuse({ sequence }: AuditRecord): void {
    const by = this.#undoerOf(sequence);
    if (by === undefined) return;
    throw new SchedulerError('history/already-undone', `Change ${sequence} has already been undone, by change ${by}.`, {
      change: sequence,
      undoneBy: by,
    });
  }

  /**
   * Returns the changes in effect: neither undone ones, nor an undo together with what it undid, since they cancel out.
   */
  standing(records: readonly AuditRecord[]): AuditRecord[] {
    const among = new Set(records.map(({ sequence }) => sequence));
    return records.filter(
      ({ sequence, undoes }) => !this.isUndone(sequence) && (undoes === undefined || !among.has(undoes)),
    );
  }

  #undoerOf(sequence: number): number | undefined {
    return this.#ledger.undoersOf(sequence).find((undoer) => !this.isUndone(undoer));
  }
}
