import { taskSchema, type ScheduleFile } from '../../contract/task.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { leaveGroup, placeTask, type GroupContext } from '../schedule/timing-groups.ts';
import type { UndoneChange } from './undo-change.ts';

/** Restores a task to its state before an undo. Edits `draft`. */
export function restoreTask(draft: ScheduleFile, { taskId, before }: UndoneChange, context: GroupContext): void {
  if (taskId === null) return;
  const current = draft.tasks[taskId];
  if (current !== undefined) leaveGroup(draft, current);
  if (before === null) {
    delete draft.tasks[taskId];
    return;
  }
  const task = taskSchema.parse(structuredClone(before));
  placeTask(draft, task, specOf(task), context);
}
