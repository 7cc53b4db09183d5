import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { LogLine } from '../../stores/log-lines.ts';

/** Within this many px of the end, the view follows the log as it grows. */
const END_ZONE = 24;

interface FollowInput {
  scroller: RefObject<HTMLDivElement | null>;
  virtual: Virtualizer<HTMLDivElement, Element>;
  lines: readonly LogLine[];
  isOver: boolean;
  /** True once the log, or the end of a long log, is there. */
  ready: boolean;
  /** The line at which a log that is over opens. */
  opensAt: number | null;
  reveal: (line: number) => void;
}

/**
 * Follows the end of a growing log until the person scrolls away. Shows the failing line once the run has ended. The
 * lines in view stay in view when the beginning of a long log arrives above them.
 */
export function useFollow({ scroller, virtual, lines, isOver, ready, opensAt, reveal }: FollowInput) {
  const [atEnd, setAtEnd] = useState(true);
  const opened = useRef(false);
  const toEnd = useCallback(() => {
    setAtEnd(true);
    virtual.scrollToIndex(virtual.options.count - 1, { align: 'end' });
  }, [virtual]);
  useStayingInView(virtual, lines);
  useEffect(() => {
    if (lines.length === 0) return;
    if (isOver && ready && !opened.current) {
      opened.current = true;
      if (opensAt !== null && atEnd) reveal(opensAt);
    } else if (!isOver && atEnd) {
      virtual.scrollToIndex(virtual.options.count - 1, { align: 'end' });
    }
  }, [virtual, lines, ready, opensAt, isOver, atEnd, reveal]);
  const onScroll = () => {
    const element = scroller.current;
    if (element) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < END_ZONE);
  };
  return { atEnd, toEnd, onScroll };
}

/** Keeps the first line in view in its place when lines are added before it. */
function useStayingInView(virtual: Virtualizer<HTMLDivElement, Element>, lines: readonly LogLine[]): void {
  const before = useRef(lines);
  useLayoutEffect(() => {
    const first = before.current[0];
    const isLonger = first !== undefined && lines[0] !== first && lines.at(-1) === before.current.at(-1);
    const added = lines.length - before.current.length;
    before.current = lines;
    if (!isLonger || added <= 0) return;
    const top = virtual.range?.startIndex ?? 0;
    const frame = requestAnimationFrame(() => virtual.scrollToIndex(top + added, { align: 'start' }));
    return () => cancelAnimationFrame(frame);
  }, [virtual, lines]);
}
