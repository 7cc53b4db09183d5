import { useEffect, useMemo, useState } from 'react';
import { matcherOf } from '../../stores/log-lines.ts';
import type { LogLine } from '../../stores/log-lines.ts';
import { useScan } from './use-scan.ts';

export interface LogSearch {
  wanted: string;
  setWanted: (wanted: string) => void;
  /** Matching lines, and the index of the current match. */
  found: readonly number[];
  at: number;
  currentLine: number | null;
  /** True while a long log is still being searched. */
  scanning: boolean;
  /** Moves to the next match, or with -1 to the previous one; wraps around at the ends. */
  step: (by: 1 | -1) => void;
}

export function useLogSearch(lines: readonly LogLine[], reveal: (line: number) => void): LogSearch {
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const test = useMemo(() => matcherOf(wanted), [wanted]);
  const { found, scanning } = useScan(lines, test);
  const currentLine = found[at] ?? null;
  useEffect(() => setAt(0), [wanted]);
  useEffect(() => {
    if (currentLine !== null) reveal(currentLine);
  }, [currentLine, reveal]);
  const step = (by: 1 | -1) => {
    if (found.length > 0) setAt((at + by + found.length) % found.length);
  };
  return { wanted, setWanted, found, at, currentLine, scanning, step };
}
