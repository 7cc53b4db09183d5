import type { MachineFacts } from './machines.ts';
import type { Snapshot } from './snapshot.ts';

/** Most failing tasks that are listed for a machine. */
const mostFailing = 20;

/** What the state of a machine depends on, as in a snapshot. */
export type TaskState = Pick<Snapshot, 'tasks' | 'paused' | 'store'>;

/** Returns what the overview of all machines shows of the tasks of a machine. */
export function taskFactsOf({ tasks, paused, store }: TaskState): Omit<MachineFacts, 'version' | 'user' | 'timezone'> {
  const failing = tasks
    .filter(({ lastStatus, status }) => status !== 'completed' && isFailed(lastStatus))
    .sort((a, b) => (b.lastExecutionAt ?? '').localeCompare(a.lastExecutionAt ?? ''))
    .flatMap(({ id, name, lastExecutionId }) =>
      lastExecutionId === undefined ? [] : [{ taskId: id, taskName: name, executionId: lastExecutionId }],
    );
  return {
    paused: paused !== null,
    unreadable: store.state === 'ok' ? null : (store.message ?? 'The tasks cannot be read.'),
    active: tasks.filter(({ status }) => status === 'active').length,
    running: tasks.reduce((sum, { running }) => sum + running, 0),
    failing: failing.slice(0, mostFailing),
  };
}

const isFailed = (status: string | undefined): boolean =>
  status === 'failure' || status === 'timeout' || status === 'interrupted';
