import { describe, expect, test } from 'vitest';
import { endsGroup, findGroups } from './log-groups.ts';
import { shownLine } from './log-lines.ts';
import { filteredRows, foldedRows, rowOfLine } from './log-rows.ts';

const lines = (...texts: string[]) => texts.map((text) => shownLine(`2026-11-25T09:00:00.123Z out ${text}`));

const hiddenIn = (log: ReturnType<typeof lines>) => (index: number) => {
  const line = log[index];
  return line !== undefined && endsGroup(line);
};

describe('groups', () => {
  test('are found by the markers of GitHub Actions and Azure Pipelines, with or without colours', () => {
    const log = lines('a', '::group::Install', 'x', '::endgroup::', '\u001b[36m##[group]Build', 'y', '##[endgroup]');
    expect(findGroups(log)).toEqual([
      { start: 1, end: 4, title: 'Install', closed: true },
      { start: 4, end: 7, title: 'Build', closed: true },
    ]);
  });

  test('a new group ends the one before, and the last may stay open', () => {
    expect(findGroups(lines('::group::One', 'x', '::group::Two', 'y'))).toEqual([
      { start: 0, end: 2, title: 'One', closed: true },
      { start: 2, end: 4, title: 'Two', closed: false },
    ]);
  });

  test('a line that only mentions a group begins none', () => {
    expect(findGroups(lines('use ::group::Title to fold', 'group of 3'))).toEqual([]);
  });

  test('fold to their title, and never show their end marker', () => {
    const log = lines('a', '::group::One', 'x', '::endgroup::', 'b', '::group::Two', 'y', '::endgroup::');
    const groups = findGroups(log);
    const hidden = hiddenIn(log);
    expect(foldedRows(log.length, groups, () => true, hidden)).toEqual([0, 1, 4, 5]);
    expect(foldedRows(log.length, groups, () => false, hidden)).toEqual([0, 1, 2, 4, 5, 6]);
  });

  test('that end with the next group keep their last line', () => {
    const log = lines('::group::One', 'x', '::group::Two', 'y');
    const hidden = hiddenIn(log);
    expect(foldedRows(log.length, findGroups(log), ({ start }) => start === 2, hidden)).toEqual([0, 1, 2]);
  });

  test('a log without groups needs no list of rows', () => {
    expect(
      foldedRows(
        1_000_000,
        [],
        () => true,
        () => false,
      ),
    ).toBeNull();
    expect(rowOfLine(null, 7)).toBe(7);
  });
});

describe('a filter', () => {
  test('shows the wanted lines with their context, and how many are hidden between', () => {
    expect(filteredRows(20, [5, 7, 15], 1)).toEqual([-4, 4, 5, 6, 7, 8, -5, 14, 15, 16, -3]);
  });

  test('stays within the log', () => {
    expect(filteredRows(3, [0, 2], 5)).toEqual([0, 1, 2]);
    expect(filteredRows(3, [], 2)).toEqual([-3]);
    expect(filteredRows(0, [], 2)).toEqual([]);
  });

  test('finds the row of a line', () => {
    expect(rowOfLine([-4, 4, 5], 5)).toBe(2);
    expect(rowOfLine([-4, 4, 5], 9)).toBe(-1);
  });
});
