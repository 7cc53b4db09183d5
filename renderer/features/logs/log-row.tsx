import { memo, useEffect, useMemo, useRef } from 'react';
import { plainText } from '../../stores/log-lines.ts';
import type { LogLine } from '../../stores/log-lines.ts';
import { text } from '../../text/en.ts';
import { formatLogTime } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { lineHtml } from './lines/ansi.ts';
import { jsonHtml, jsonOf } from './lines/json-line.ts';
import { markMatches } from './lines/search-highlight.ts';
import styles from './log-row.module.css';

const c = bindClasses(styles);

interface LogRowProps {
  ref: (element: Element | null) => void;
  /** The index of the row. */
  index: number;
  start: number;
  line: LogLine;
  lineIndex: number;
  withTime: boolean;
  wraps: boolean;
  /** The line that explains the failure. */
  isFailing: boolean;
  /** The line that a link named. */
  isMarked: boolean;
  /** The current match of the search. */
  isCurrent: boolean;
  /** A line of JSON as several lines. */
  isExpanded: boolean;
  onExpand: (line: LogLine) => void;
  onMark: ((line: number) => void) | null;
  /** The search text; empty for no search. */
  wanted: string;
}

export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { ref, index, start, line, lineIndex, withTime, wraps, isFailing, isMarked, isCurrent, isExpanded } = props;
  const { onMark, onExpand, wanted } = props;
  const body = useRef<HTMLSpanElement>(null);
  const json = useMemo(() => (line.stream === 'sys' ? null : jsonOf(plainText(line.text))), [line]);
  const html = useMemo(() => ({ __html: htmlOf(line, json, isExpanded) }), [line, json, isExpanded]);
  useEffect(() => (body.current && wanted !== '' ? markMatches(body.current, wanted) : undefined), [wanted, html]);
  return (
    <div
      ref={ref}
      data-index={index}
      aria-current={isFailing || isMarked || undefined}
      className={c(
        ...(['line', line.stream, wraps && 'wraps', isFailing && 'failing'] as const),
        ...([isMarked && 'marked', isCurrent && 'current', isExpanded && 'expanded'] as const),
      )}
      style={{ transform: `translateY(${start}px)` }}
    >
      {onMark && (
        <button
          type="button"
          // Thousands of lines must not be as many stops of Tab: the toolbar copies the link of the line in question.
          tabIndex={-1}
          className={c('number')}
          title={text.logs.copyLink(lineIndex + 1)}
          aria-label={text.logs.copyLink(lineIndex + 1)}
          onClick={() => onMark(lineIndex)}
        >
          {lineIndex + 1}
        </button>
      )}
      {withTime && <span className={c('time')}>{line.at === null ? '' : formatLogTime(line.at)}</span>}
      <span className={c('stream')} aria-hidden={line.stream === 'out'}>
        {text.log.streams[line.stream]}
      </span>
      {json !== null && (
        <button
          type="button"
          className={c('json')}
          aria-expanded={isExpanded}
          aria-label={isExpanded ? text.logs.foldJson : text.logs.expandJson}
          onClick={() => onExpand(line)}
        >
          {isExpanded ? '▾' : '▸'}
        </button>
      )}
      <span ref={body} className={c('text')} dangerouslySetInnerHTML={html} />
    </div>
  );
});

function htmlOf(line: LogLine, json: object | null, isExpanded: boolean): string {
  if (json === null) return lineHtml(line.text);
  return jsonHtml(isExpanded ? JSON.stringify(json, null, 2) : plainText(line.text));
}
