import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState } from 'react';

export interface Reveal {
  /** Scrolls to a line, by its index. */
  show: (line: number) => void;
  /** Scrolls as soon as the line has a row. @param uncover makes a hidden line visible */
  useScroll: (
    virtual: Virtualizer<HTMLDivElement, Element>,
    rowOf: (line: number) => number,
    uncover: (line: number) => void,
  ) => void;
}

/** A wish to see a line. It waits until filters and folds let the line be seen. */
export function useReveal(): Reveal {
  const [wanted, setWanted] = useState<{ line: number; isUncovered?: boolean } | null>(null);
  const show = useCallback((line: number) => setWanted({ line }), []);
  const useScroll: Reveal['useScroll'] = (virtual, rowOf, uncover) => {
    useEffect(() => {
      if (wanted === null) return;
      const row = rowOf(wanted.line);
      if (row === -1 && wanted.isUncovered !== true) {
        setWanted({ ...wanted, isUncovered: true });
        uncover(wanted.line);
        return;
      }
      // A line that is never shown, such as the end marker of a group, has no row.
      if (row !== -1) virtual.scrollToIndex(row, { align: 'center' });
      setWanted(null);
    });
  };
  return { show, useScroll };
}
