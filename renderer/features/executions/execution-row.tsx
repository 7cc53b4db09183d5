import { memo } from 'react';
import { failureHeadline } from '../../../main/contract/failure-headline.ts';
import type { Execution } from '../../../main/contract/execution.ts';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatDuration } from '../../../main/contract/durations.ts';
import { formatInstant, formatMoment } from '../../text/format.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { RunMark } from '../../ui/status.tsx';
import styles from './execution-table.module.css';

const c = bindClasses(styles);

interface Place {
  index: number;
  start: number;
}

interface ExecutionRowProps {
  place: Place;
  execution: Execution;
  /** The usual duration of the task in ms, if known. */
  usual: number | undefined;
}

export const ExecutionRow = memo(
  function ExecutionRow({ place, execution, usual }: ExecutionRowProps) {
    return (
      <div
        role="row"
        aria-rowindex={place.index + 2}
        className={c('row', 'placed')}
        style={{ transform: `translateY(${place.start}px)` }}
      >
        <span role="cell" className={c('status')}>
          <RunMark execution={execution} />
        </span>
        <span role="cell" className={c('task')}>
          <a
            data-row
            className={c('name')}
            href={routeHash({ view: 'execution', executionId: execution.executionId })}
            dir="auto"
          >
            {execution.taskName}
          </a>
          {execution.error && <span className={c('reason')}>{failureHeadline(execution)}</span>}
          {execution.doubt && <span className={c('reason')}>{execution.doubt.message}</span>}
        </span>
        <span role="cell" className={c('trigger')}>
          {text.executions.trigger[execution.trigger]}
          {execution.attempt > 1 && ` · ${text.executions.attempt(execution.attempt)}`}
        </span>
        <Started at={execution.startedAt} />
        <span role="cell" className={c('duration')}>
          <Length execution={execution} usual={usual} />
        </span>
      </div>
    );
  },
  (before, after) =>
    before.execution === after.execution &&
    before.usual === after.usual &&
    before.place.start === after.place.start &&
    before.place.index === after.place.index,
);

function Started({ at }: { at: string }) {
  const now = useNow(60_000);
  return (
    <span role="cell" className={c('started')} title={formatInstant(at)}>
      {formatMoment(at, now)}
    </span>
  );
}

function Length({ execution, usual }: { execution: Execution; usual: number | undefined }) {
  if (execution.status === 'running') return <RunningLength since={execution.startedAt} usual={usual} />;
  if (execution.duration === null) return <span className={c('length')}>–</span>;
  return <Bar duration={execution.duration} usual={usual} />;
}

function RunningLength({ since, usual }: { since: string; usual?: number | undefined }) {
  const now = useNow();
  return <Bar duration={Math.max(0, now - Date.parse(since))} usual={usual} />;
}

/** A bar for the duration. Its middle is the usual duration, its end twice that or more. */
function Bar({ duration, usual }: { duration: number; usual: number | undefined }) {
  const share = usual === undefined || usual === 0 ? null : duration / usual / 2;
  return (
    <>
      <span className={c('length')}>{formatDuration(duration)}</span>
      {share !== null && usual !== undefined && (
        <span className={c('bar')} title={text.executions.usually(formatDuration(usual))}>
          <span className={c('fill', share > 1 && 'slow')} style={{ width: `${Math.min(1, share) * 100}%` }} />
          <span className={c('usual')} />
        </span>
      )}
    </>
  );
}

export function PendingRow({ place }: { place: Place }) {
  return (
    <div
      role="row"
      aria-rowindex={place.index + 2}
      className={c('row', 'placed')}
      style={{ transform: `translateY(${place.start}px)` }}
    >
      <span role="cell" className={c('status')}>
        <span className={c('pending')} />
      </span>
    </div>
  );
}
