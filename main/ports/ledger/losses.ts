/**
 * How a ledger was lost. `missing`: its file was deleted. `empty`: its file had no content. `copied`: the file is a copy
 * of another one. `older`: it was replaced by an older copy of itself. `exchanged`: it was replaced by another ledger.
 */
export type LedgerLossCause = 'missing' | 'empty' | 'copied' | 'older' | 'exchanged';

/** The record of a ledger that was lost, or that may know less than what ran. */
export interface LedgerLoss {
  /** When it was noticed, as an ISO instant. */
  readonly at: string;
  readonly cause: LedgerLossCause;
}

/** What the ledger knows about its own gaps. */
export interface LedgerLosses {
  /** Returns the latest loss, or null. */
  loss(): LedgerLoss | null;
  /**
   * Returns the instant up to which slots count as past, or null for none: that of the latest loss, or else the birth of
   * the ledger. Slots up to then that have no record do not run: they may have run before.
   */
  floor(): string | null;
}
