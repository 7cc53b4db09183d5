import type { LedgerReplacement } from '../../ports/ledger/history.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
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
  return `${causes[cause]} (${at}). Slots before that time which it does not list may have run; they do not run again.`;
}

/** Returns what people must know of a ledger that was lost or replaced, and when it was noticed last; null if it is whole. */
export function ledgerTrouble(ledger: Pick<Ledger, 'loss' | 'replacement'>): { at: string; message: string } | null {
  const [replaced, loss] = [ledger.replacement(), ledger.loss()];
  const facts = [
    ...(replaced === null ? [] : [{ at: replaced.at, message: damageText(replaced) }]),
    ...(loss === null ? [] : [{ at: loss.at, message: lossText(loss) }]),
  ];
  const at = facts
    .map((fact) => fact.at)
    .sort()
    .at(-1);
  return at === undefined ? null : { at, message: facts.map(({ message }) => message).join(' ') };
}

function damageText({ at, movedTo, rowsSaved, complete }: LedgerReplacement): string {
  const kept = complete ? 'all of its rows were saved' : `${rowsSaved} rows were saved`;
  return `The ledger was damaged and replaced (${at}): ${kept}. The damaged file is ${movedTo}.`;
}
