import type { Task, TaskChange, TaskDraft } from '../../contract/task.ts';
import { definedOf } from '../../domain/defined.ts';

/** The fields of a task that a person sets, without identity, schedule and state. */
export type TaskFields = Pick<
  Task,
  | 'name'
  | 'tool'
  | 'parameters'
  | 'description'
  | 'workingDirectory'
  | 'env'
  | 'tags'
  | 'fireOnce'
  | 'maxExecutions'
  | 'startDate'
  | 'endDate'
  | 'catchupMissed'
  | 'policies'
>;

export function fieldsOfDraft(draft: TaskDraft): TaskFields {
  const { name, tool, parameters } = draft;
  return {
    name,
    tool,
    parameters,
    ...definedOf({
      description: draft.description,
      workingDirectory: draft.workingDirectory,
      env: draft.env,
      tags: draft.tags,
      fireOnce: draft.fireOnce,
      maxExecutions: draft.maxExecutions,
      startDate: draft.startDate,
      endDate: draft.endDate,
      catchupMissed: draft.catchupMissed,
      policies: draft.policies,
    }),
  };
}

/** Returns a changed copy of the task; `null` clears a field. The caller handles schedule, zone and `active`. */
export function changedTask(task: Task, change: TaskChange): Task {
  const copy: Task = structuredClone(task);
  const { schedule: _schedule, timezone: _timezone, active: _active, ...fields } = change;
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (value === null) delete copy[field];
    else copy[field] = value;
  }
  return copy;
}
