import { useEffect, useState } from 'react';
import type { Execution, SlotRecord } from '../../../main/contract/execution.ts';
import { useExecutions, useSession } from '../../session-context.tsx';
import { mergeRecent } from '../../stores/executions-store.ts';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { formatDuration } from '../../../main/contract/durations.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { RunMark } from '../../ui/status.tsx';
import styles from './execution-facts.module.css';

const c = bindClasses(styles);

/** The slot of an execution: why it ran, and all its attempts. */
export function SlotFacts({ execution, slot }: { execution: Execution; slot: string }) {
  const attempts = useAttempts(execution, slot);
  const record = useSlotRecord(execution.taskId, slot);
  const first = attempts[0] ?? execution;
  return (
    <>
      <h2 className={c('heading')}>{text.executions.decision}</h2>
      <p data-selectable>{decisionText(execution, first, slot, record)}</p>
      {attempts.length > 1 && (
        <>
          <h2 className={c('heading')}>{text.executions.attempts}</h2>
          <ol className={c('attempts')} aria-label={text.executions.attempts}>
            {attempts.map((each) => (
              <Attempt key={each.executionId} attempt={each} isThis={each.executionId === execution.executionId} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Attempt({ attempt, isThis }: { attempt: Execution; isThis: boolean }) {
  return (
    <li className={c('attempt')}>
      <a
        aria-current={isThis ? 'true' : undefined}
        href={routeHash({ view: 'execution', executionId: attempt.executionId })}
      >
        {text.executions.attemptNumber(attempt.attempt)}
      </a>
      <RunMark execution={attempt} />
      {attempt.duration !== null && <span className={c('faint')}>{formatDuration(attempt.duration)}</span>}
    </li>
  );
}

function decisionText(execution: Execution, first: Execution, slot: string, record: SlotRecord | null): string {
  const late = Date.parse(first.startedAt) - Date.parse(slot);
  const wasMissed = execution.trigger === 'catch-up' || first.trigger === 'catch-up';
  const parts = [
    wasMissed
      ? text.executions.caughtUp(formatDuration(late))
      : late < ON_TIME_MS
        ? text.executions.onTime
        : text.executions.late(formatDuration(late)),
    execution.attempt > 1 ? text.executions.retried(execution.attempt - 1) : null,
    // The detail of a doubtful run is its doubt, which is shown above.
    execution.doubt === undefined ? (record?.detail ?? null) : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

/** Returns all attempts at this slot, oldest first, including attempts that start while they are shown. */
function useAttempts({ taskId }: Execution, slot: string): readonly Execution[] {
  const { call } = useSession();
  const recent = useExecutions((state) => state.recent);
  const [kept, setKept] = useState<readonly Execution[]>([]);
  useEffect(() => {
    let gone = false;
    // A retry starts after its slot, with the longest delays up to days later.
    const until = new Date(Date.parse(slot) + ATTEMPTS_WITHIN_MS).toISOString();
    call('executions.list', { taskId, since: slot, until, limit: 200 }).then(
      ({ executions }) => !gone && setKept(executions),
      // The run is shown anyway; the Runs view says why the ledger cannot be read.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, taskId, slot]);
  const own = (execution: Execution) => execution.taskId === taskId && execution.slot === slot;
  return [...mergeRecent(kept, recent.filter(own)).filter(own)].sort((a, b) => a.attempt - b.attempt);
}

/** A delay of up to this long is not shown, in ms. */
const ON_TIME_MS = 1500;
const ATTEMPTS_WITHIN_MS = 2 * 86_400_000;

function useSlotRecord(taskId: string, slot: string): SlotRecord | null {
  const { call } = useSession();
  const [record, setRecord] = useState<SlotRecord | null>(null);
  useEffect(() => {
    let gone = false;
    const since = new Date(Date.parse(slot) - 1).toISOString();
    call('tasks.why', { taskId, since }).then(
      ({ slots }) => !gone && setRecord(slots.find((each) => each.slot === slot) ?? null),
      // A deleted task has no slots; only the facts of the execution are shown.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, taskId, slot]);
  return record;
}
