import { createTwoFilesPatch, structuredPatch } from 'diff';

/** The largest difference, in characters. What is longer is cut. */
const longestDiff = 64 * 1024;
/** With more edits than this a difference says nothing, and takes long to compute. */
const mostEdits = 4000;

/** What a probe saw, as the task and people get it. */
export interface Change {
  readonly previous: string;
  readonly current: string;
  /** A unified difference with three lines around each change; empty if there is none. */
  readonly diff: string;
  readonly added: number;
  readonly removed: number;
}

/** Returns the difference between two answers. White space makes none. */
export function changeBetween(previous: string, current: string): Change {
  const options = { context: 3, ignoreWhitespace: true, maxEditLength: mostEdits };
  const [old, fresh] = [ended(previous), ended(current)];
  const patch = structuredPatch('previous', 'current', old, fresh, undefined, undefined, options);
  if (patch === undefined) return replacedWhole(previous, current);
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  if (lines.length === 0) return { previous, current, diff: '', added, removed };
  const text = createTwoFilesPatch('previous', 'current', old, fresh, undefined, undefined, options) ?? '';
  // Without the line of equal signs, which only tools of Subversion write.
  return { previous, current, diff: cut(text.replace(/^=+\n/, '')), added, removed };
}

/** Describes a change that is too large to be compared line by line. */
function replacedWhole(previous: string, current: string): Change {
  const [removed, added] = [linesOf(previous).length, linesOf(current).length];
  const diff = `--- previous\n+++ current\nThe answers differ in too many lines to list them: ${removed} before, ${added} now.\n`;
  return { previous, current, diff, added, removed };
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));
const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function cut(diff: string): string {
  if (diff.length <= longestDiff) return diff;
  return `${diff.slice(0, diff.lastIndexOf('\n', longestDiff))}\n… cut after ${longestDiff / 1024} KiB\n`;
}
