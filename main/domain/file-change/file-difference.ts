import { structuredPatch } from 'diff';
import { aroundChange } from './around-change.ts';

/** With more edits than this it takes long to find the fewest. */
const mostEdits = 500;
/** Lines shown around a change. */
const around = 3;
const gap = '…';

/**
 * Returns what a person has to see of a change of a file before it is written: each changed line after `-` or `+`, up to three
 * lines around it after a space, and `…` where lines are left out. White space counts, and no change is left out. Of a long line
 * only the part around its change is shown: the rest of it does not change, and may hold secrets.
 */
export function fileDifference(before: string, after: string): string[] {
  const options = { context: around, maxEditLength: mostEdits };
  const patch = structuredPatch('', '', before, after, undefined, undefined, options);
  if (patch === undefined) return shown(wholeBlock(linesOf(before), linesOf(after)));
  return patch.hunks.flatMap(({ lines }, index) => [...(index === 0 ? [] : [gap]), ...shown(lines)]);
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Returns one block from the first line that differs to the last. */
function wholeBlock(before: readonly string[], after: readonly string[]): string[] {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
  const marked = (mark: string, lines: readonly string[]): string[] => lines.map((line) => `${mark}${line}`);
  return [
    ...marked(' ', before.slice(Math.max(0, first - around), first)),
    ...marked('-', before.slice(first, before.length - last)),
    ...marked('+', after.slice(first, after.length - last)),
    ...marked(' ', after.slice(after.length - last, after.length - last + around)),
  ];
}

/** Shortens the long lines of a block. A line that is gone is compared with the one in its place. */
function shown(lines: readonly string[]): string[] {
  const result: string[] = [];
  let gone: string[] = [];
  let added: string[] = [];
  const flush = (): void => {
    const pairs = gone.map((line, index) => aroundChange(line, added[index] ?? ''));
    const fresh = added.map((line, index) => aroundChange(line, gone[index] ?? ''));
    result.push(...pairs.map((line) => `-${line}`), ...fresh.map((line) => `+${line}`));
    gone = [];
    added = [];
  };
  for (const line of lines) {
    const text = line.slice(1);
    // The mark of a last line without an end is no line.
    if (line.startsWith('\\')) continue;
    if (line.startsWith('-') && added.length === 0) gone.push(text);
    else if (line.startsWith('+')) added.push(text);
    else {
      flush();
      if (line.startsWith('-')) gone.push(text);
      else result.push(` ${aroundChange(text, text)}`);
    }
  }
  flush();
  return result;
}
