import { useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { useCommands, useLog, usePreferences } from '../../session-context.tsx';
import { failingLine } from '../../stores/log-lines.ts';
import type { LogLine } from '../../stores/log-lines.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { isFailure } from '../../ui/failure.ts';
import { LogRow } from './log-row.tsx';
import { LogTools } from './log-tools.tsx';
import { withoutRepeat } from './repeated-line.ts';
import { useLogSearch } from './use-log-search.ts';
import styles from './log-panel.module.css';

const c = bindClasses(styles);

/** Estimated height of a line in px until it is measured. */
const LINE_HEIGHT = 20;
/** Within this many px of the end, the view follows the log as it grows. */
const END_ZONE = 24;

type LogVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** The log of an execution. Follows it while it runs, and opens at the line that shows why it failed or is doubtful. */
export function LogPanel({ execution }: { execution: Execution }) {
  useOpenLog(execution.executionId);
  const allLines = useLog((state) => state.lines);
  const repeated = execution.error?.message;
  const lines = useMemo(() => withoutRepeat(allLines, repeated), [allLines, repeated]);
  const complete = useLog((state) => state.complete);
  const failure = useLog((state) => state.failure);
  const wrap = usePreferences((state) => state.logWrap);
  const times = usePreferences((state) => state.logTimes);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 12,
  });
  const reveal = useCallback((line: number) => virtual.scrollToIndex(line, { align: 'center' }), [virtual]);
  const search = useLogSearch(lines, reveal);
  const failed = isFailure(execution.status);
  const doubted = execution.doubt?.line ?? undefined;
  const deciding = execution.error?.line ?? doubted;
  const opensAtError = failed || doubted !== undefined;
  const errorAt = useMemo(() => (opensAtError ? failingLine(lines, deciding) : null), [opensAtError, lines, deciding]);
  const follow = useFollow({
    scroller,
    virtual,
    lines,
    complete,
    opensAt: errorAt,
    isOver: execution.status !== 'running',
  });
  useEffect(() => virtual.measure(), [virtual, wrap, times]);

  return (
    <section className={c('panel')} role="region" aria-label={text.log.region}>
      <LogTools
        execution={execution}
        lines={allLines}
        search={search}
        onJumpToError={errorAt === null ? null : () => reveal(errorAt)}
      />
      <div
        ref={scroller}
        className={c('scroller', wrap && 'wrap')}
        tabIndex={0}
        aria-label={text.log.lines}
        onScroll={follow.onScroll}
      >
        <div className={c('lines')} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return (
              line && (
                <LogRow
                  key={item.key}
                  ref={virtual.measureElement}
                  index={item.index}
                  start={item.start}
                  line={line}
                  withTime={times}
                  wraps={wrap}
                  isFailing={item.index === errorAt}
                  isCurrent={item.index === search.currentLine}
                  wanted={search.wanted}
                />
              )
            );
          })}
        </div>
        <LogEmptiness failure={failure} count={lines.length} complete={complete} />
      </div>
      {!follow.atEnd && execution.status === 'running' && (
        <Button size="small" className={c('toEnd')} icon={<ArrowDownToLine aria-hidden />} onClick={follow.toEnd}>
          {text.log.toEnd}
        </Button>
      )}
    </section>
  );
}

function LogEmptiness({ failure, count, complete }: { failure: string | null; count: number; complete: boolean }) {
  if (failure !== null) {
    return (
      <p className={c('remark', 'bad')} role="alert">
        {text.log.unreadable(failure)}
      </p>
    );
  }
  if (count > 0) return null;
  return <p className={c('remark')}>{complete ? text.log.empty : text.log.waiting}</p>;
}

function useOpenLog(executionId: string): void {
  const { log } = useCommands();
  useEffect(() => {
    void log.open(executionId);
    return () => log.close(executionId);
  }, [log, executionId]);
}

interface FollowInput {
  scroller: RefObject<HTMLDivElement | null>;
  virtual: LogVirtualizer;
  lines: readonly LogLine[];
  complete: boolean;
  opensAt: number | null;
  isOver: boolean;
}

/** Follows the end of a growing log until the person scrolls away. Shows the failing line once the run has ended. */
function useFollow({ scroller, virtual, lines, complete, opensAt, isOver }: FollowInput) {
  const [atEnd, setAtEnd] = useState(true);
  const opened = useRef(false);
  const toEnd = useCallback(() => {
    setAtEnd(true);
    virtual.scrollToIndex(virtual.options.count - 1, { align: 'end' });
  }, [virtual]);
  useEffect(() => {
    if (lines.length === 0) return;
    if (isOver && complete && !opened.current) {
      opened.current = true;
      if (opensAt !== null && atEnd) virtual.scrollToIndex(opensAt, { align: 'center' });
    } else if (!isOver && atEnd) {
      virtual.scrollToIndex(lines.length - 1, { align: 'end' });
    }
  }, [virtual, lines, complete, opensAt, isOver, atEnd]);
  const onScroll = () => {
    const element = scroller.current;
    if (element) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < END_ZONE);
  };
  return { atEnd, toEnd, onScroll };
}
