import type { LogGroup } from './log-groups.ts';

/** The index of a line, or, if negative, how many lines are hidden at this place. */
export type LogRowEntry = number;

/**
 * Returns the rows of a log with some groups folded. Null if every line is a row, so that a million lines need no list.
 * @param isHidden whether a line is never shown, such as an end marker
 */
export function foldedRows(
  count: number,
  groups: readonly LogGroup[],
  isFolded: (group: LogGroup) => boolean,
  isHidden: (index: number) => boolean,
): LogRowEntry[] | null {
  if (groups.length === 0) return null;
  const rows: LogRowEntry[] = [];
  let at = 0;
  const addTo = (end: number): void => {
    for (; at < end; at += 1) rows.push(at);
  };
  for (const group of groups) {
    addTo(group.start + 1);
    const last = group.closed && isHidden(group.end - 1) ? group.end - 1 : group.end;
    if (!isFolded(group)) addTo(last);
    at = group.end;
  }
  addTo(count);
  return rows;
}

/** Returns the rows of a filtered log: the wanted lines with the lines around them, and what is hidden between. */
export function filteredRows(count: number, wanted: readonly number[], context: number): LogRowEntry[] {
  const rows: LogRowEntry[] = [];
  let next = 0;
  for (const index of wanted) {
    const from = Math.max(next, index - context);
    if (from > next) rows.push(next - from);
    const to = Math.min(count - 1, index + context);
    for (next = Math.max(next, from); next <= to; next += 1) rows.push(next);
  }
  if (next < count) rows.push(next - count);
  return rows;
}

/** Returns the row of a line, or -1 if it is hidden. @param rows null if every line is a row */
export const rowOfLine = (rows: readonly LogRowEntry[] | null, line: number): number =>
  rows === null ? line : rows.indexOf(line);
