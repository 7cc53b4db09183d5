import { useEffect, useMemo, useState } from 'react';
import type { LogLine } from '../../stores/log-lines.ts';

export type LineTest = (line: LogLine) => boolean;

/** Up to this many lines are searched at once, within a frame. */
const atOnce = 20_000;
const none: readonly number[] = [];

/**
 * Returns the indexes of the lines that pass a test. A longer log is searched in pieces between frames, so that typing
 * and scrolling stay fluid on a million lines; `found` then grows until `scanning` is false.
 * @param test null finds nothing. Must be the same function until the wish changes.
 */
export function useScan(lines: readonly LogLine[], test: LineTest | null) {
  const isShort = lines.length <= atOnce;
  const immediate = useMemo(
    () => (test !== null && isShort ? passing(lines, test, 0, lines.length) : none),
    [lines, test, isShort],
  );
  const [slow, setSlow] = useState<{ found: readonly number[]; of: unknown; done: boolean } | null>(null);
  useEffect(() => {
    if (test === null || isShort) return undefined;
    let found: number[] = [];
    let at = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = () => {
      found = found.concat(passing(lines, test, at, at + atOnce));
      at += atOnce;
      const done = at >= lines.length;
      // Not for each piece, because each time the rows are computed again.
      if (done || (at / atOnce) % 8 === 1) setSlow({ found, of: test, done });
      if (!done) timer = setTimeout(step);
    };
    timer = setTimeout(step);
    return () => clearTimeout(timer);
  }, [lines, test, isShort]);
  if (isShort || test === null) return { found: immediate, scanning: false };
  return slow?.of === test ? { found: slow.found, scanning: !slow.done } : { found: none, scanning: true };
}

function passing(lines: readonly LogLine[], test: LineTest, from: number, to: number): number[] {
  const found: number[] = [];
  for (let index = from; index < Math.min(to, lines.length); index += 1) {
    const line = lines[index];
    if (line !== undefined && test(line)) found.push(index);
  }
  return found;
}
