import { alreadyUndone, type Change } from '../../../main/contract/history.ts';

/** One change, or all changes of one act, newest first. */
export interface ActivityEntry {
  readonly key: string;
  readonly changes: readonly [Change, ...Change[]];
}

/** Joins the changes that were made together, such as those of one import. */
export function entriesOf(changes: readonly Change[]): ActivityEntry[] {
  const entries: { key: string; changes: [Change, ...Change[]] }[] = [];
  for (const change of changes) {
    const last = entries.at(-1);
    if (last !== undefined && change.batch !== null && last.changes[0].batch === change.batch)
      last.changes.push(change);
    else entries.push({ key: String(change.id), changes: [change] });
  }
  return entries;
}

export type UndoState = { kind: 'possible' } | { kind: 'undone' } | { kind: 'impossible'; reason: string };

/** Returns whether an entry can be undone. What was undone before does not keep the rest from being undone. */
export function undoStateOf({ changes }: ActivityEntry): UndoState {
  const standing = changes.filter(({ obstacle }) => obstacle !== alreadyUndone);
  const [first] = standing;
  if (first === undefined) return { kind: 'undone' };
  const obstacle = standing.map((change) => change.obstacle).find((found) => found !== null);
  // All or nothing: one change that somebody has changed again keeps the whole act.
  return obstacle == null ? { kind: 'possible' } : { kind: 'impossible', reason: obstacle };
}
