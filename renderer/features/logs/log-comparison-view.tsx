import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import type { ComparedLine, LogComparison } from '../../../main/contract/log-comparison.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import { useCommands } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatInstant } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { lineHtml } from './lines/ansi.ts';
import styles from './log-comparison-view.module.css';

const c = bindClasses(styles);

interface LogComparisonViewProps {
  execution: Execution;
  /** Called with the index of a line of this run's log. */
  onShowLine: (line: number) => void;
}

type Answer = { compared: LogComparison } | { failure: string } | null;

/** What this run wrote that the last good run of its task did not, and the other way round. */
export function LogComparisonView({ execution, onShowLine }: LogComparisonViewProps) {
  const answer = useComparison(execution.executionId);
  return (
    <section className={c('view')} role="region" aria-label={text.logs.compare.region}>
      {answer === null && <p role="status">{text.logs.compare.loading}</p>}
      {answer !== null && 'failure' in answer && <p role="alert">{text.logs.compare.failed(answer.failure)}</p>}
      {answer !== null && 'compared' in answer && <Compared compared={answer.compared} onShowLine={onShowLine} />}
    </section>
  );
}

function useComparison(executionId: string): Answer {
  const { executions } = useCommands();
  const [answer, setAnswer] = useState<Answer>(null);
  useEffect(() => {
    let gone = false;
    executions.compare(executionId).then(
      (compared) => gone || setAnswer({ compared }),
      (thrown: unknown) => gone || setAnswer({ failure: sentenceOf(thrown) }),
    );
    return () => {
      gone = true;
    };
  }, [executions, executionId]);
  return answer;
}

function Compared({ compared, onShowLine }: { compared: LogComparison } & Pick<LogComparisonViewProps, 'onShowLine'>) {
  const { good, lines, added, missing, endOnly } = compared;
  const words = text.logs.compare;
  if (good === null) return <p>{words.noGoodRun}</p>;
  const hasDifferences = added + missing > 0;
  return (
    <>
      <div className={c('facts')}>
        <p role="status">{hasDifferences ? words.counts(added, missing) : words.nothing}</p>
        <p>
          {words.against}{' '}
          <a href={routeHash({ view: 'execution', executionId: good.executionId })}>{formatInstant(good.startedAt)}</a>.
          {endOnly && ` ${words.endOnly}`}
          {added + missing > lines.filter(({ kind }) => kind !== 'same').length && ` ${words.cut(lines.length)}`}
        </p>
      </div>
      {hasDifferences && <ComparedLines lines={lines} onShowLine={onShowLine} />}
    </>
  );
}

const signs = { new: '+', missing: '−', same: ' ' } as const;

function ComparedLines({
  lines,
  onShowLine,
}: { lines: readonly ComparedLine[] } & Pick<LogComparisonViewProps, 'onShowLine'>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
    paddingEnd: 12,
  });
  return (
    <div ref={scroller} className={c('scroller')} tabIndex={0} aria-label={text.logs.compare.region}>
      <div className={c('lines')} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          const isCut =
            index > 0 &&
            line.kind === 'same' &&
            lines[index - 1]?.kind === 'same' &&
            lines[index - 1]?.number !== line.number - 1;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={c('line', line.kind, isCut && 'cut')}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={c('sign')} aria-label={text.logs.compare.kinds[line.kind]} role="img">
                {signs[line.kind]}
              </span>
              {line.kind === 'missing' ? (
                <span className={c('number')} />
              ) : (
                <button
                  type="button"
                  className={c('number')}
                  aria-label={text.logs.line(line.number)}
                  tabIndex={line.kind === 'new' ? 0 : -1}
                  onClick={() => onShowLine(line.number - 1)}
                >
                  {line.number}
                </button>
              )}
              <span className={c('text')} dangerouslySetInnerHTML={{ __html: lineHtml(line.text) }} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
