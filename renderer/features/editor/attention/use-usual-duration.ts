import { useEffect, useState } from 'react';
import { countedRuns, usualDuration } from '../../../../main/contract/usual-duration.ts';
import { useSession } from '../../../session-context.tsx';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';

/** Returns the duration in ms that 95% of the task's runs did not exceed; null until ten have succeeded. */
export function useUsualDuration(purpose: EditorPurpose): number | null {
  const { call } = useSession();
  const taskId = purpose.kind === 'edit' ? purpose.taskId : null;
  const [usual, setUsual] = useState<number | null>(null);
  useEffect(() => {
    if (taskId === null) return undefined;
    let gone = false;
    call('executions.list', { taskId, status: 'success', limit: countedRuns }).then(
      ({ executions }) => !gone && setUsual(usualDuration(executions.flatMap(({ duration }) => duration ?? []))),
      // Only the offer is missing then; the Runs view says why the ledger cannot be read.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, taskId]);
  return usual;
}
