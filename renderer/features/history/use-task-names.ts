import { useCallback } from 'react';
import { useSchedule } from '../../session-context.tsx';
import type { NameOf } from './value-words.ts';

/** Returns a look-up of names. Not a map: there can be thousands of tasks, and hardly any change is of a chain. */
export function useTaskNames(): NameOf {
  const tasks = useSchedule((schedule) => schedule.tasks);
  return useCallback((taskId) => tasks.find(({ id }) => id === taskId)?.name, [tasks]);
}
