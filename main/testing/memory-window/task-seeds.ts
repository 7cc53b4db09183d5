import { taskDraftSchema, type ScheduleFile, type Task, type TaskDraftInput } from '../../contract/task.ts';
import { understandSchedule } from '../../domain/phrase/understand-schedule.ts';
import { placeTask } from '../../services/schedule/timing-groups.ts';
import { fieldsOfDraft } from '../../services/tasks/task-edit.ts';
import type { WindowOutside } from './window-outside.ts';

/**
 * Adds tasks to the schedule in one write: hundreds of them at once, without a change in the history.
 * @param armedMs from when on their slots count
 */
export function addTasks(outside: WindowOutside, drafts: readonly TaskDraftInput[], armedMs: number): Task[] {
  const { store, clock, timezone } = outside;
  const nowIso = new Date(clock.now()).toISOString();
  const context = { machineTimezone: timezone(), nowIso };
  return store.update((file) => {
    const siblings = new Map<string, Task>();
    return drafts.map((input) => {
      const draft = taskDraftSchema.parse(input);
      const task: Task = {
        id: `task-${String(Object.keys(file.tasks).length + 1).padStart(4, '0')}`,
        ...fieldsOfDraft(draft),
        ...{ timingId: '', cronExpression: '', timezone: '' },
        createdAt: nowIso,
        armedAt: new Date(armedMs).toISOString(),
        status: 'active',
      };
      const sibling = siblings.get(draft.schedule);
      if (sibling !== undefined) return join(file, task, sibling);
      siblings.set(draft.schedule, task);
      const { spec } = understandSchedule(draft.schedule, {
        ...{ nowMs: clock.now(), machineTimezone: context.machineTimezone, timezone: draft.timezone },
      });
      placeTask(file, task, spec, context);
      return task;
    });
  });
}

/** Finding the group of a schedule looks at every group: too slow for each of hundreds of tasks. */
function join(file: ScheduleFile, task: Task, { timingId, cronExpression, timezone }: Task): Task {
  Object.assign(task, { timingId, cronExpression, timezone });
  file.timings[timingId]?.taskIds.push(task.id);
  file.tasks[task.id] = task;
  return task;
}
