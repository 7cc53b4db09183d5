import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useState } from 'react';
import type { LogLine } from '../../stores/log-lines.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { GroupRow } from './group-row.tsx';
import { LogRow } from './log-row.tsx';
import type { LogRows } from './use-log-rows.ts';
import type { LogSearch } from './use-log-search.ts';
import panelStyles from './log-panel.module.css';
import styles from './log-row.module.css';

const c = bindClasses(styles);
const panel = bindClasses(panelStyles);

interface LogRowListProps {
  virtual: Virtualizer<HTMLDivElement, Element>;
  lines: readonly LogLine[];
  shown: LogRows;
  search: LogSearch;
  errorAt: number | null;
  markedAt: number | null;
  times: boolean;
  wrap: boolean;
  /** Null if lines have no number: in a test run, and while only the end of the log is there. */
  onMark: ((line: number) => void) | null;
}

/** The rows of a log that are in view: lines, titles of groups, and what a filter hides. */
export function LogRowList(props: LogRowListProps) {
  const { virtual, lines, shown, search, errorAt, markedAt, times, wrap, onMark } = props;
  const [expanded, setExpanded] = useState<ReadonlySet<LogLine>>(new Set());
  const toggle = useCallback((line: LogLine) => {
    setExpanded((known) => {
      const next = new Set(known);
      if (!next.delete(line)) next.add(line);
      return next;
    });
  }, []);
  return (
    <div className={panel('lines')} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ key, index, start }) => {
        const entry = shown.rows === null ? index : (shown.rows[index] ?? 0);
        const place = { ref: virtual.measureElement, index, start };
        if (entry < 0) return <GapRow key={key} {...place} count={-entry} />;
        const line = lines[entry];
        const group = shown.filter === 'all' ? shown.groups.get(entry) : undefined;
        if (line === undefined) return null;
        if (group !== undefined) {
          return (
            <GroupRow
              key={key}
              {...place}
              group={group}
              isFolded={shown.isFolded(group)}
              onToggle={() => shown.toggleGroup(group)}
            />
          );
        }
        return (
          <LogRow
            key={key}
            {...place}
            line={line}
            lineIndex={entry}
            withTime={times}
            wraps={wrap}
            isFailing={entry === errorAt}
            isMarked={entry === markedAt}
            isCurrent={entry === search.currentLine}
            isExpanded={expanded.has(line)}
            onExpand={toggle}
            onMark={onMark}
            wanted={search.wanted}
          />
        );
      })}
    </div>
  );
}

interface GapRowProps {
  ref: (element: Element | null) => void;
  index: number;
  start: number;
  count: number;
}

function GapRow({ ref, index, start, count }: GapRowProps) {
  return (
    <div ref={ref} data-index={index} className={c('line', 'gap')} style={{ transform: `translateY(${start}px)` }}>
      {text.logs.hidden(count)}
    </div>
  );
}
