import type { AuditFilter, AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';
import { differences } from './differences.ts';
import { statesOf } from './undo-change.ts';

export interface WordSearch {
  readonly filter: AuditFilter;
  readonly words: string;
  /** Maximum number of changes returned. */
  readonly limit: number;
  /** Maximum number of changes read. */
  readonly mostRead: number;
}

const pageSize = 500;

/**
 * Returns the newest changes that mention every word, in any case: in the name of the task, the author, the action, or
 * the name or a value of a field that changed. Reads page by page and stops as soon as enough are found.
 */
export function changesWithWords(
  ledger: Pick<AuditTrail, 'changes'>,
  { filter, words, limit, mostRead }: WordSearch,
): AuditRecord[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found: AuditRecord[] = [];
  let { before } = filter;
  for (let read = 0; read < mostRead && found.length < limit; read += pageSize) {
    const page = ledger.changes({ ...filter, before }, pageSize);
    found.push(...page.filter((record) => mentionsAll(record, wanted)));
    before = page.at(-1)?.sequence;
    if (page.length < pageSize) break;
  }
  return found.slice(0, limit);
}

function mentionsAll(record: AuditRecord, wanted: readonly string[]): boolean {
  const { before, after } = statesOf(record);
  const name = (after ?? before)?.['name'];
  const changed = differences(before, after).flatMap(({ field, before: was, after: is }) => [field, was, is]);
  const whole = JSON.stringify([name, record.author, record.action, changed]).toLowerCase();
  return wanted.every((word) => whole.includes(JSON.stringify(word).slice(1, -1)));
}
