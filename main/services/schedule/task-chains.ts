import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';

/**
 * Refuses a task that runs after a task that does not exist, or that would run after itself. A link that was saved
 * before and whose task has been deleted does not block other changes; it has no effect until the deletion is undone.
 * @param before the task before the change; undefined for a new task
 * @throws SchedulerError `task/invalid` with details.fields, details.circle.
 */
export function checkChains(file: ScheduleFile, task: Task, before?: Task): void {
  // Most tasks have no links, and an undo of many tasks checks each: it must not copy all tasks every time.
  if ((task.policies?.after ?? []).length === 0) return;
  const tasks = new Map(Object.entries({ ...file.tasks, [task.id]: task }));
  for (const { taskId } of task.policies?.after ?? []) {
    if (!tasks.has(taskId) && !waitsFor(before, taskId))
      refuse(`it runs after the task ${taskId}, which does not exist.`, {});
  }
  checkCircle(file, task);
}

/**
 * Refuses a task that would run after itself, directly or through others. Tasks that it runs after may be missing.
 * @throws SchedulerError `task/invalid` with details.circle.
 */
export function checkCircle(file: ScheduleFile, task: Task): void {
  if ((task.policies?.after ?? []).length === 0) return;
  const tasks = new Map(Object.entries({ ...file.tasks, [task.id]: task }));
  const circle = circleFrom(task.id, tasks, []);
  if (circle === null) return;
  const names = circle.map((id) => tasks.get(id)?.name ?? id);
  refuse(`it would run after itself (${names.join(' after ')}).`, { circle });
}

function circleFrom(id: string, tasks: ReadonlyMap<string, Task>, path: readonly string[]): string[] | null {
  if (path[0] === id) return [...path, id];
  if (path.includes(id)) return null;
  for (const { taskId } of tasks.get(id)?.policies?.after ?? []) {
    const circle = circleFrom(taskId, tasks, [...path, id]);
    if (circle !== null) return circle;
  }
  return null;
}

function waitsFor(task: Task | undefined, taskId: string): boolean {
  return task?.policies?.after?.some((link) => link.taskId === taskId) ?? false;
}

function refuse(problem: string, details: Readonly<Record<string, unknown>>): never {
  const message = `The task cannot be saved: ${problem}`;
  throw new SchedulerError('task/invalid', message, {
    ...details,
    fields: [{ field: 'policies.after', message: problem }],
  });
}
