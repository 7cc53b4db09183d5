import { useMemo } from 'react';
import { useExecutions, usePreferences, useSchedule } from '../../session-context.tsx';
import { failedTasks } from './overview-facts.ts';
import type { FailedTasks } from './overview-facts.ts';

/** Returns the tasks that fail and those that work again: the sidebar and the overview show the same. */
export function useFailedTasks(): FailedTasks {
  const seenAt = usePreferences((state) => state.failuresSeenAt);
  const recent = useExecutions((state) => state.recent);
  const tasks = useSchedule((schedule) => schedule.tasks);
  const ids = useMemo(() => new Set(tasks.map(({ id }) => id)), [tasks]);
  return useMemo(() => failedTasks(recent, seenAt, ids), [recent, seenAt, ids]);
}
