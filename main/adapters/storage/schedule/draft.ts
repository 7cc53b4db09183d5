import { isDeepStrictEqual } from 'node:util';
import { scheduleFileSchema, type ScheduleFile } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { scheduleText } from './document.ts';
import { integrityProblem } from './integrity.ts';

/** Returns the tasks of a draft that are new or different, by id. Null if the draft is the schedule that it was made from. */
export function changedTasks(draft: ScheduleFile, before: ScheduleFile): ScheduleFile['tasks'] | null {
  const known = new Map(Object.entries(before.tasks));
  const tasks = Object.entries(draft.tasks);
  const changed = tasks.filter(([id, task]) => !isDeepStrictEqual(task, known.get(id)));
  const isSame = changed.length === 0 && tasks.length === known.size;
  return isSame && isDeepStrictEqual({ ...draft, tasks: null }, { ...before, tasks: null })
    ? null
    : Object.fromEntries(changed);
}

/**
 * Returns the text to write.
 * @param changed the tasks to check on their own, which costs more than everything else: the others were valid when read
 * @throws SchedulerError `store/invalid` for a schedule that could not be read back
 */
export function checkedText(draft: ScheduleFile, changed = draft.tasks): string {
  const parsed = scheduleFileSchema.safeParse({ ...draft, tasks: changed });
  const issue = parsed.success ? integrityProblem(draft) : parsed.error.issues[0];
  if (issue !== undefined && issue !== null) {
    const where = issue.path.map(String).join('.');
    throw new SchedulerError('store/invalid', `The change was not saved: ${where} ${issue.message}.`, { path: where });
  }
  return scheduleText(draft);
}
