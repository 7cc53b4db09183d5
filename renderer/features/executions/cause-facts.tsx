import { useEffect, useState } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { useExecutions, useSession } from '../../session-context.tsx';
import { mergeRecent } from '../../stores/executions-store.ts';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { RunMark } from '../../ui/status.tsx';
import styles from './execution-facts.module.css';

const c = bindClasses(styles);

/** The run that a run follows, and the runs that follow it. */
export function CauseFacts({ execution }: { execution: Execution }) {
  const { cause, executionId } = execution;
  const followers = useFollowers(executionId);
  return (
    <>
      {cause !== undefined && (
        <>
          <h2 className={c('heading')}>{text.chains.cause}</h2>
          <p className={c('attempt')}>
            <a dir="auto" href={routeHash({ view: 'execution', executionId: cause.executionId })}>
              {cause.taskName}
            </a>
          </p>
        </>
      )}
      {followers.length > 0 && (
        <>
          <h2 className={c('heading')}>{text.chains.led}</h2>
          <ul className={c('attempts')} aria-label={text.chains.led}>
            {followers.map((each) => (
              <li key={each.executionId} className={c('attempt')}>
                <a dir="auto" href={routeHash({ view: 'execution', executionId: each.executionId })}>
                  {each.taskName}
                </a>
                <RunMark execution={each} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Returns the runs that follow a run, oldest first, including those that start while they are shown. */
function useFollowers(causeId: string): readonly Execution[] {
  const { call } = useSession();
  const recent = useExecutions((state) => state.recent);
  const [kept, setKept] = useState<readonly Execution[]>([]);
  useEffect(() => {
    let gone = false;
    call('executions.list', { causeId, limit: 50 }).then(
      ({ executions }) => !gone && setKept(executions),
      // The run is shown anyway; the Runs view says why the ledger cannot be read.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, causeId]);
  const own = ({ cause }: Execution) => cause?.executionId === causeId;
  return [...mergeRecent(kept, recent.filter(own)).filter(own)].reverse();
}
