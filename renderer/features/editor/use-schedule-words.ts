import { useEffect, useState } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import { useSession } from '../../session-context.tsx';

/** The words of a task's schedule; null if it has none. Undefined while they are asked for. */
type Words = string | null | undefined;

/**
 * Asks for the words of the schedule of the task that is opened, once: a change from elsewhere does not alter the fields.
 * @param taskId null for a new task
 */
export function useScheduleWords(taskId: string | null): Words {
  const { call, stores } = useSession();
  const [words, setWords] = useState<Words>(taskId === null ? null : undefined);
  useEffect(() => {
    const task = stores.schedule.getState().schedule?.tasks.find(({ id }) => id === taskId);
    let outdated = false;
    const take = (found: string | null) => !outdated && setWords(found);
    if (task === undefined) take(null);
    // Without the words the task is shown with its cron expression, which means the same.
    else
      void call('schedule.words', storedSchedule(task)).then(
        ({ words: found }) => take(found),
        () => take(null),
      );
    return () => {
      outdated = true;
    };
  }, [call, stores, taskId]);
  return words;
}

const storedSchedule = ({ cronExpression, timezone, runAt, scheduleRule }: TaskView) => ({
  cronExpression,
  timezone,
  ...(runAt === undefined ? {} : { runAt }),
  ...(scheduleRule === undefined ? {} : { scheduleRule }),
});
