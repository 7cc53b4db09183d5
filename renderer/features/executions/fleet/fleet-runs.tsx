import { Network } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { formatDuration } from '../../../../main/contract/durations.ts';
import type { FleetRun } from '../../../../main/contract/fleet-runs.ts';
import type { ExecutionStatus } from '../../../../main/contract/execution.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { formatInstant, formatMoment } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Select } from '../../../ui/select.tsx';
import { StatusMark } from '../../../ui/status.tsx';
import { executionStatuses } from '../words.ts';
import { FleetRunLog } from './fleet-run-log.tsx';
import styles from './fleet-runs.module.css';

const c = bindClasses(styles);
const words = text.fleet;
/** How often the runs are read again while they are shown, in ms: the database serves the windows of all members. */
const readAgainMs = 15_000;
const mostShown = 200;
/** A run of this machine has been reported after this time in ms. */
const reportedMs = 1000;

interface Query {
  readonly member: string;
  readonly status: ExecutionStatus | '';
}
const everything: Query = { member: '', status: '' };

/** Filters of the runs of all members. */
export function FleetRunFilters({ query, onChange }: { query: Query; onChange: (query: Query) => void }) {
  const { fleet } = useCommands();
  const { stores } = useSession();
  const members = useStore(stores.fleet, (state) => state.answer?.members);
  useEffect(() => void fleet.load(), [fleet]);
  return (
    <>
      <Select
        compact
        aria-label={words.member}
        value={query.member}
        options={[
          { value: '', label: words.anyMember },
          ...(members ?? []).map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(member) => onChange({ ...query, member })}
      />
      <Select
        compact
        aria-label={text.executions.filterStatus}
        value={query.status}
        options={[
          { value: '', label: text.executions.anyStatus },
          ...executionStatuses.map((value) => ({ value, label: text.executions.status[value] })),
        ]}
        onChange={(status) => onChange({ ...query, status })}
      />
    </>
  );
}

/** Holds what the list of the members' runs is filtered by. */
export const useFleetQuery = () => useState<Query>(everything);

/** The runs of shared tasks on all members of the fleet, newest first. */
export function FleetRuns({ query }: { query: Query }) {
  const { runs, more, failure } = useRuns(query);
  const [shown, setShown] = useState<FleetRun | null>(null);
  if (failure !== null && runs === null)
    return (
      <EmptyState icon={<Network />} title={words.unreadable}>
        {failure}
      </EmptyState>
    );
  if (runs === null) return <Loading />;
  if (runs.length === 0)
    return (
      <EmptyState icon={<Network />} title={words.noRuns}>
        {words.noRunsHint}
      </EmptyState>
    );
  return (
    <div className={c('list')}>
      {failure !== null && (
        <p className={c('failure')} role="alert">
          {failure}
        </p>
      )}
      <table className={c('table')} aria-label={words.runs}>
        <thead>
          <tr>
            {words.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.executionId} run={run} onOpen={() => setShown(run)} />
          ))}
        </tbody>
      </table>
      {more && <p className={c('more')}>{words.more(runs.length)}</p>}
      {shown !== null && <FleetRunLog run={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

function Row({ run, onOpen }: { run: FleetRun; onOpen: () => void }) {
  const now = useNow(60_000);
  return (
    <tr>
      <td>
        <StatusMark status={run.status} />
      </td>
      <td>
        <button
          type="button"
          className={c('open')}
          aria-label={words.openLog(run.taskName, run.member)}
          onClick={onOpen}
        >
          {run.taskName}
        </button>
        {run.error !== null && <span className={c('reason')}>{run.error.message}</span>}
      </td>
      <td>{run.member}</td>
      <td>
        {text.executions.trigger[run.trigger]}
        {run.attempt > 1 && ` · ${text.executions.attempt(run.attempt)}`}
      </td>
      <td title={formatInstant(run.startedAt)}>{formatMoment(run.startedAt, now)}</td>
      <td>{run.duration === null ? '–' : formatDuration(run.duration)}</td>
    </tr>
  );
}

interface Runs {
  readonly runs: readonly FleetRun[] | null;
  readonly more: boolean;
  readonly failure: string | null;
}

/** Reads the runs, and again while the window is visible: when a run of this machine begins or ends, and now and then. */
function useRuns({ member, status }: Query): Runs {
  const { fleet } = useCommands();
  const { stores } = useSession();
  const [state, setState] = useState<Runs>({ runs: null, more: false, failure: null });
  const read = useCallback(
    () => fleet.runs({ ...(member !== '' && { member }), ...(status !== '' && { status }), limit: mostShown }),
    [fleet, member, status],
  );
  useEffect(() => {
    let isCurrent = true;
    const take = async () => {
      const answer = await read();
      if (!isCurrent) return;
      setState((before) =>
        'failure' in answer ? { ...before, failure: answer.failure } : { ...answer, failure: null },
      );
    };
    void take();
    const again = () => document.visibilityState === 'visible' && void take();
    const timer = setInterval(again, readAgainMs);
    const stop = stores.executions.subscribe((now, before) => now.recent !== before.recent && gathered());
    let soon: ReturnType<typeof setTimeout> | null = null;
    // A run is reported a moment after this window has heard of it, and many may end at once.
    const gathered = () =>
      (soon ??= setTimeout(() => {
        soon = null;
        again();
      }, reportedMs));
    document.addEventListener('visibilitychange', again);
    return () => {
      isCurrent = false;
      clearInterval(timer);
      if (soon !== null) clearTimeout(soon);
      stop();
      document.removeEventListener('visibilitychange', again);
    };
  }, [read, stores]);
  return state;
}
