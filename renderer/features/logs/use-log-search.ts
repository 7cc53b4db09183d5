import { useEffect, useMemo, useState } from 'react';
import { searchLines } from '../../stores/log-lines.ts';
import type { LogLine } from '../../stores/log-lines.ts';

export interface LogSearch {
  wanted: string;
  setWanted: (wanted: string) => void;
  /** Matching lines, and the index of the current match. */
  count: number;
  at: number;
  currentLine: number | null;
  /** Moves to the next match, or with -1 to the previous one; wraps around at the ends. */
  step: (by: 1 | -1) => void;
}

export function useLogSearch(lines: readonly LogLine[], reveal: (line: number) => void): LogSearch {
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => searchLines(lines, wanted), [lines, wanted]);
  const currentLine = found[at] ?? null;
  useEffect(() => setAt(0), [wanted]);
  useEffect(() => {
    if (currentLine !== null) reveal(currentLine);
  }, [currentLine, reveal]);
  const step = (by: 1 | -1) => {
    if (found.length > 0) setAt((at + by + found.length) % found.length);
  };
  return { wanted, setWanted, count: found.length, at, currentLine, step };
}
