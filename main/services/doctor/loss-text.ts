import type { LedgerLoss, LedgerLossCause } from '../../ports/ledger/losses.ts';

const causes: Readonly<Record<LedgerLossCause, string>> = {
  missing: 'The ledger was missing, and a new one was created',
  empty: 'The ledger was empty, and a new one was created',
  copied: 'The ledger was found to be a copy, from a backup, another folder or another machine',
  older: 'The ledger was found to be older than what ran: an older copy was restored',
  exchanged: 'The ledger was found to be another one: a different file was put in its place',
};

/** Returns what happened to the ledger, and what it means for the person. */
export function lossText({ at, cause }: LedgerLoss): string {
  return `${causes[cause]} (${at}). Slots up to then that it does not list may have run; none of them runs again.`;
}
