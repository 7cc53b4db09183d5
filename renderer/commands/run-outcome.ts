import type { Execution } from '../../main/contract/execution.ts';
import { failureHeadline } from '../../main/contract/failure-headline.ts';
import { findExecution } from '../stores/executions-store.ts';
import type { ExecutionsStore } from '../stores/executions-store.ts';
import type { Toast } from '../stores/toast-store.ts';
import { text } from '../text/en.ts';
import { isFailure } from '../ui/failure.ts';

/** Calls `tell` once, when the run has ended. */
export function whenEnded(executions: ExecutionsStore, executionId: string, tell: (ended: Execution) => void): void {
  let stop: () => void = () => undefined;
  const look = (): boolean => {
    const execution = findExecution(executions.getState(), executionId);
    if (execution === undefined || execution.status === 'running') return false;
    stop();
    tell(execution);
    return true;
  };
  if (!look()) stop = executions.subscribe(look);
}

/** Returns what a person who started a run wants to know at its end. Null if they ended it themselves. */
export function outcomeToast(name: string, ended: Execution): Pick<Toast, 'tone' | 'message'> | null {
  if (isFailure(ended.status)) return { tone: 'error', message: text.tasks.failed(name, failureHeadline(ended)) };
  if (ended.status !== 'success') return null;
  return { tone: 'info', message: text.tasks.succeeded(name, ended.doubt?.message) };
}
