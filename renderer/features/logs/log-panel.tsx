import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { useCommands, useLog, usePreferences } from '../../session-context.tsx';
import { failingLine } from '../../stores/log-lines.ts';
import { rowOfLine } from '../../stores/log-rows.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { isFailure } from '../../ui/failure.ts';
import { LinkQuestion } from './link-question/link-question.tsx';
import { linkOfEvent } from './link-question/link-event.ts';
import type { LogLink } from './link-question/link-question.tsx';
import { LogComparisonView } from './log-comparison-view.tsx';
import { LogEmptiness, LogLoading } from './log-remarks.tsx';
import { LiveLine } from './live-line.tsx';
import { LogRowList } from './log-row-list.tsx';
import { LogTools } from './log-tools.tsx';
import { withoutRepeat } from './repeated-line.ts';
import { useFollow } from './use-follow.ts';
import { useLogRows } from './use-log-rows.ts';
import { useLogSearch } from './use-log-search.ts';
import { useMarkedLine } from './use-marked-line.ts';
import { useReveal } from './use-reveal.ts';
import styles from './log-panel.module.css';

const c = bindClasses(styles);

/** Estimated height of a line in px until it is measured. */
const LINE_HEIGHT = 20;

interface LogPanelProps {
  execution: Execution;
  /** On the page of a run: lines have links, and the log can be compared with the last good run. */
  isPage?: boolean;
  /** The line of a link that was opened, from 1. */
  line?: number | undefined;
}

/** The log of an execution. Follows it while it runs, and opens at the line that shows why it failed or is doubtful. */
export function LogPanel({ execution, isPage = false, line }: LogPanelProps) {
  useOpenLog(execution.executionId);
  const { lines: allLines, live, origin, complete, loading, failure } = useLog((state) => state);
  const { logWrap: wrap, logTimes: times } = usePreferences((state) => state);
  const [link, setLink] = useState<LogLink | null>(null);
  const [comparing, setComparing] = useState(false);
  const repeated = execution.error?.message;
  const lines = useMemo(() => withoutRepeat(allLines, repeated), [allLines, repeated]);
  const scroller = useRef<HTMLDivElement>(null);
  const isRunning = execution.status === 'running';
  const errorAt = useErrorLine(execution);
  const reveal = useReveal();
  const search = useLogSearch(lines, reveal.show);
  const shown = useLogRows({ lines, matches: search.wanted === '' ? null : search.found, errorAt, isRunning });
  const marked = useMarkedLine(execution, isPage ? line : undefined, reveal.show);
  const virtual = useVirtualizer({
    count: shown.rows?.length ?? lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    // Measured heights belong to lines, wherever a filter, a fold or lines before them move them.
    getItemKey: (row) => {
      const entry = shown.rows === null ? row : (shown.rows[row] ?? 0);
      return entry < 0 ? `hidden before ${shown.rows?.[row + 1]}` : entry - origin;
    },
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 12,
  });
  reveal.useScroll(virtual, (wanted) => rowOfLine(shown.rows, wanted), shown.uncover);
  const follow = useFollow({
    ...{ scroller, virtual, lines, isOver: !isRunning },
    ready: complete || loading !== null,
    ...{ opensAt: line === undefined ? errorAt : null, reveal: reveal.show },
  });
  useEffect(() => virtual.measure(), [virtual, wrap, times]);
  const ask = (event: { target: EventTarget; preventDefault: () => void }) => {
    const asked = linkOfEvent(event);
    if (asked !== null) setLink(asked);
  };

  return (
    <section className={c('panel')} role="region" aria-label={text.log.region}>
      <LogTools
        {...{ execution, lines: allLines, search, shown, isPage, comparing }}
        onCompare={() => setComparing(!comparing)}
        linkLine={loading === null ? (search.currentLine ?? marked.index ?? errorAt) : null}
        onCopyLink={marked.copyLink}
        onJumpToError={errorAt === null ? null : () => reveal.show(errorAt)}
      />
      {loading && <LogLoading {...loading} />}
      {comparing && (
        <LogComparisonView
          execution={execution}
          onShowLine={(index) => {
            setComparing(false);
            reveal.show(index);
          }}
        />
      )}
      <div
        ref={scroller}
        className={c('scroller', wrap && 'wrap', comparing && 'behind')}
        tabIndex={0}
        aria-label={text.log.lines}
        onScroll={follow.onScroll}
        onClick={ask}
        onKeyDown={(event) => event.key === 'Enter' && ask(event)}
      >
        <LogRowList
          {...{ virtual, lines, shown, search, errorAt, times, wrap }}
          markedAt={marked.index}
          onMark={isPage && loading === null ? marked.mark : null}
        />
        {(live === null || lines.length > 0) && (
          <LogEmptiness {...{ failure, complete, isRunning }} count={lines.length} rows={virtual.options.count} />
        )}
      </div>
      {!comparing && <LiveLine />}
      {!follow.atEnd && isRunning && !comparing && (
        <Button size="small" className={c('toEnd')} icon={<ArrowDownToLine aria-hidden />} onClick={follow.toEnd}>
          {text.log.toEnd}
        </Button>
      )}
      {link && <LinkQuestion link={link} onClose={() => setLink(null)} />}
    </section>
  );
}

function useErrorLine(execution: Execution): number | null {
  const lines = useLog((state) => state.lines);
  const doubted = execution.doubt?.line ?? undefined;
  const deciding = execution.error?.line ?? doubted;
  const opensAtError = isFailure(execution.status) || doubted !== undefined;
  return useMemo(() => (opensAtError ? failingLine(lines, deciding) : null), [opensAtError, lines, deciding]);
}

function useOpenLog(executionId: string): void {
  const { log } = useCommands();
  useEffect(() => {
    void log.open(executionId);
    return () => log.close(executionId);
  }, [log, executionId]);
}
