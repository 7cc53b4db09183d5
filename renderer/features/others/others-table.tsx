import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { OtherJob } from '../../../main/contract/other-jobs.ts';
import { actionOf } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { formatInstant, formatMoment } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { JobStateMark } from './job-state-mark.tsx';
import styles from './others.module.css';

const c = bindClasses(styles);
const words = text.others;

/** Heights in rem, so that rows scale with the font size. */
const ROW_REM = 3.25;
const HEADER_REM = 2;
const columns = ['state', 'name', 'schedule', 'next', 'last', 'result'] as const;
/** Times are shown relative to today, so a coarse clock is enough. */
const CLOCK_MS = 60_000;

interface TableProps {
  jobs: readonly OtherJob[];
  onOpen: (job: OtherJob) => void;
}

/** Renders only visible rows, so that thousands of jobs scroll like ten. */
export function OthersTable({ jobs, onOpen }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(CLOCK_MS);
  const rem = useMemo(() => parseFloat(getComputedStyle(document.documentElement).fontSize), []);
  const virtual = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * rem,
    overscan: 12,
    scrollMargin: HEADER_REM * rem,
  });
  return (
    <div
      ref={scroller}
      className={c('table')}
      role="table"
      aria-label={words.table}
      aria-rowcount={jobs.length + 1}
      onKeyDown={moveFocus}
    >
      <div role="rowgroup" className={c('head')}>
        <div role="row" aria-rowindex={1} className={c('row', 'header')}>
          {columns.map((column) => (
            <span key={column} role="columnheader" className={c(column)}>
              {words.columns[column]}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={c('rows')} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const job = jobs[item.index];
          const start = item.start - virtual.options.scrollMargin;
          return (
            job && <JobRow key={job.id} job={job} now={now} place={{ index: item.index, start }} onOpen={onOpen} />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  job: OtherJob;
  now: number;
  place: { index: number; start: number };
  onOpen: (job: OtherJob) => void;
}

function JobRow({ job, now, place, onOpen }: RowProps) {
  const { state, name, schedule, nextRun, lastRun } = job;
  const outcome = outcomeOf(job, now);
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      className={c('row', 'placed')}
      style={{ transform: `translateY(${place.start}px)` }}
    >
      <span role="cell" className={c('state')}>
        <JobStateMark state={state} />
      </span>
      <span role="cell" className={c('name')}>
        <button type="button" data-row className={c('open')} onClick={() => onOpen(job)} dir="auto">
          {name}
        </button>
        <span className={c('faint')}>{`${words.places[job.place]} · ${job.source}`}</span>
      </span>
      <span role="cell" className={c('schedule')} title={schedule}>
        {schedule}
      </span>
      <Moment at={nextRun} now={now} column="next" />
      <Moment at={lastRun} now={now} column="last" />
      <span role="cell" className={c('result')} title={outcome}>
        {outcome}
      </span>
    </div>
  );
}

/** Returns what matters most: why a task does not run, since when it is overdue, or how its last run ended. */
function outcomeOf({ state, stopped, dueAt, resultDetail }: OtherJob, now: number): string {
  if (state === 'overdue' && dueAt !== null) return words.wasDue(formatMoment(dueAt, now));
  return state === 'stopped' && stopped !== null ? stopped : resultDetail;
}

function Moment({ at, now, column }: { at: string | null; now: number; column: 'next' | 'last' }) {
  return (
    <span role="cell" className={c(column)} title={at === null ? undefined : formatInstant(at)}>
      {at === null ? words.none : formatMoment(at, now)}
    </span>
  );
}

/** Arrow keys move between rows; the focus is on the button of the row. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const action = actionOf('runs', event);
  if (action !== 'down' && action !== 'up') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at === -1 ? 0 : at + (action === 'down' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
