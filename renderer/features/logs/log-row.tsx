import { memo, useEffect, useMemo, useRef } from 'react';
import type { LogLine } from '../../stores/log-lines.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { coloured } from './ansi.ts';
import { markMatches } from './search-highlight.ts';
import styles from './log-row.module.css';

const c = bindClasses(styles);

interface LogRowProps {
  ref: (element: Element | null) => void;
  index: number;
  start: number;
  line: LogLine;
  withTime: boolean;
  wraps: boolean;
  /** The line that explains the failure. */
  isFailing: boolean;
  /** The current match of the search. */
  isCurrent: boolean;
  /** The search text; empty for no search. */
  wanted: string;
}

export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { ref, index, start, line, withTime, wraps, isFailing, isCurrent, wanted } = props;
  const body = useRef<HTMLSpanElement>(null);
  const html = useMemo(() => ({ __html: coloured(line.text) }), [line.text]);
  useEffect(() => (body.current && wanted !== '' ? markMatches(body.current, wanted) : undefined), [wanted, html]);
  return (
    <div
      ref={ref}
      data-index={index}
      aria-current={isFailing || undefined}
      className={c('line', line.stream, wraps && 'wraps', isFailing && 'failing', isCurrent && 'current')}
      style={{ transform: `translateY(${start}px)` }}
    >
      {withTime && <span className={c('time')}>{line.at === null ? '' : clockPart(line.at)}</span>}
      <span className={c('stream')} aria-hidden={line.stream === 'out'}>
        {text.log.streams[line.stream]}
      </span>
      <span ref={body} className={c('text')} dangerouslySetInnerHTML={html} />
    </div>
  );
});

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});

const clockPart = (at: string): string => clock.format(new Date(at));
