import { eventsOf, isOnDemand } from '../../contract/schedule-rule.ts';
import type { Task } from '../../contract/task.ts';

type Judged = Pick<Task, 'policies' | 'catchupMissed' | 'runAt' | 'scheduleRule'>;

/** Returns a sentence that names the policies which have no effect on a task without times; none for any other task. */
export function unusedPolicies(task: Judged): string[] {
  const { policies = {} } = task;
  const catchUp = (policies.catchUp ?? 'skip') !== 'skip' || policies.catchUpWindowMs !== undefined;
  const catches = catchUp || task.catchupMissed === true ? ['catch-up'] : [];
  const calendars = policies.calendars === undefined ? [] : ['calendars'];
  if (isOnDemand(task)) {
    const jitter = (policies.jitterMs ?? 0) > 0 ? ['jitter'] : [];
    const overlap = (policies.overlap ?? 'skip') === 'skip' ? [] : ['overlap'];
    return said('A task on demand has no slots', [...catches, ...jitter, ...overlap, ...calendars]);
  }
  if (eventsOf(task).length === 0) return [];
  const moves = (policies.calendars?.dayOff ?? 'skip') === 'skip' ? [] : ['moving to another day'];
  return said('An event is not repeated later', [...catches, ...moves]);
}

function said(reason: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const list = names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return [`${reason}, so these settings of the task have no effect: ${list}.`];
}
