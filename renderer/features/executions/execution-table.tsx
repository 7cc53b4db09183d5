import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { useCommands, useExecutions } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { moveBetweenRows } from '../../ui/row-keys.ts';
import { ExecutionRow, PendingRow } from './execution-row.tsx';
import styles from './execution-table.module.css';
import { usualDurations } from './usual-durations.ts';

const c = bindClasses(styles);

/** Heights in rem, so that rows scale with the font size. */
const ROW_REM = 2.375;
const HEADER_REM = 2;
const columns = ['status', 'task', 'trigger', 'started', 'duration'] as const;

/** The whole ledger as one table. Only visible rows are rendered, and only their pages are fetched. */
export function ExecutionTable({ rows }: { rows: readonly (Execution | undefined)[] }) {
  const { executions } = useCommands();
  const recent = useExecutions((state) => state.recent);
  const usual = useMemo(() => usualDurations(recent), [recent]);
  const scroller = useRef<HTMLDivElement>(null);
  const rem = useMemo(() => parseFloat(getComputedStyle(document.documentElement).fontSize), []);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * rem,
    overscan: 12,
    scrollMargin: HEADER_REM * rem,
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  useEffect(() => void executions.fetchRows(from, to), [executions, from, to, rows]);

  return (
    <div
      ref={scroller}
      className={c('table')}
      role="table"
      aria-label={text.executions.table}
      aria-rowcount={rows.length + 1}
      onKeyDown={moveBetweenRows}
    >
      <div role="rowgroup" className={c('head')}>
        <div role="row" aria-rowindex={1} className={c('row', 'header')}>
          {columns.map((column) => (
            <span key={column} role="columnheader" className={c(column)}>
              {text.executions.columns[column]}
              {column === 'duration' && (
                <span aria-hidden className={c('barHead')} title={text.executions.againstUsualHint}>
                  {text.executions.againstUsual}
                </span>
              )}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={c('rows')} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const execution = rows[item.index];
          const place = { index: item.index, start: item.start - virtual.options.scrollMargin };
          return execution ? (
            <ExecutionRow key={item.key} place={place} execution={execution} usual={usual.get(execution.taskId)} />
          ) : (
            <PendingRow key={item.key} place={place} />
          );
        })}
      </div>
    </div>
  );
}
