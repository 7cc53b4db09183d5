import type { ScheduleFile, Task, Timing } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';

/**
 * Finds a task by its id or by a unique name, ignoring case.
 * @throws SchedulerError `task/not-found`, `task/ambiguous` (details.ids).
 */
export function findTask(file: ScheduleFile, idOrName: string): Task {
  // Only own properties count: `constructor` is not a task.
  const byId = Object.hasOwn(file.tasks, idOrName) ? file.tasks[idOrName] : undefined;
  if (byId !== undefined) return byId;
  const wanted = idOrName.trim().toLowerCase();
  const byName = Object.values(file.tasks).filter((task) => task.name.toLowerCase() === wanted);
  const [only, second] = byName;
  if (only !== undefined && second === undefined) return only;
  if (only === undefined) {
    throw new SchedulerError('task/not-found', `There is no task with the id or name "${idOrName}".`, {
      task: idOrName,
    });
  }
  const ids = byName.map((task) => task.id);
  throw new SchedulerError(
    'task/ambiguous',
    `${ids.length} tasks are named "${idOrName}". Use the id: ${ids.join(', ')}.`,
    {
      task: idOrName,
      ids,
    },
  );
}

/**
 * Finds a group by its id, else a task by its id or name.
 * @throws SchedulerError `timing/not-found` if there is neither, `task/ambiguous`.
 */
export function findGroupOrTask(file: ScheduleFile, word: string): { timing: Timing } | { task: Task } {
  const timing = Object.hasOwn(file.timings, word) ? file.timings[word] : undefined;
  if (timing !== undefined) return { timing };
  try {
    return { task: findTask(file, word) };
  } catch (problem) {
    if (!(problem instanceof SchedulerError) || problem.code !== 'task/not-found') throw problem;
    const known = Object.keys(file.timings).slice(0, 50);
    const message = `There is no group and no task "${word}". \`groups\` and \`list\` show them; \`parse\` shows the next runs of a phrase.`;
    throw new SchedulerError('timing/not-found', message, { timingId: word, known });
  }
}

/** @throws SchedulerError `timing/not-found`. */
export function findTiming(file: ScheduleFile, timingId: string): Timing {
  const timing = Object.hasOwn(file.timings, timingId) ? file.timings[timingId] : undefined;
  if (timing !== undefined) return timing;
  const known = Object.keys(file.timings).slice(0, 50);
  const message = `There is no group with the id "${timingId}". \`groups\` lists them.`;
  throw new SchedulerError('timing/not-found', message, { timingId, known });
}
