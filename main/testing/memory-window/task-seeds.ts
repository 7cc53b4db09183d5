import {
  taskDraftSchema,
  type ScheduleFile,
  type Task,
  type TaskDraft,
  type TaskDraftInput,
} from '../../contract/task.ts';
import { understandSchedule } from '../../domain/phrase/understand-schedule.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import { neutralClock } from '../../contract/time-style.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { timingId, timingName } from '../../domain/naming/timing-id.ts';
import { fieldsOfDraft } from '../../services/tasks/task-edit.ts';
import type { WindowOutside } from './window-outside.ts';

/**
 * Adds tasks to the schedule in one write, without history. Adding hundreds through the application would take longer
 * than the tests that use them.
 * @param armedMs time from which their slots count, in ms since 1970
 */
export function addTasks(outside: WindowOutside, drafts: readonly TaskDraftInput[], armedMs: number): Task[] {
  const { store, clock } = outside;
  return store.update((file) => {
    const groups = groupsOf(outside, file);
    return drafts.map((input) => {
      const draft = taskDraftSchema.parse(input);
      const { id, cronExpression, timezone, taskIds } = groups(draft);
      const task: Task = {
        id: `task-${String(Object.keys(file.tasks).length + 1).padStart(4, '0')}`,
        ...fieldsOfDraft(draft),
        ...{ timingId: id, cronExpression, timezone },
        createdAt: new Date(clock.now()).toISOString(),
        armedAt: new Date(armedMs).toISOString(),
        status: 'active',
      };
      taskIds.push(task.id);
      file.tasks[task.id] = task;
      return task;
    });
  });
}

/** Returns a function that finds the group of a draft's schedule, or creates the group. */
function groupsOf(outside: WindowOutside, file: ScheduleFile) {
  const { clock } = outside;
  const machineTimezone = outside.timezone();
  const taken = new Map(Object.values(file.timings).map((timing) => [timing.id, scheduleKey(specOf(timing))]));
  const specs = new Map<string, ScheduleSpec>();
  const specFor = ({ schedule, timezone }: TaskDraft): ScheduleSpec => {
    const known = specs.get(schedule);
    const isCron = /^[\d*/, -]+$/.test(schedule);
    const spec =
      known ??
      (isCron
        ? specOf({ cronExpression: schedule, timezone: timezone ?? machineTimezone })
        : understandSchedule(schedule, { nowMs: clock.now(), machineTimezone, timezone }).spec);
    specs.set(schedule, spec);
    return spec;
  };
  return (draft: TaskDraft) => {
    const spec = specFor(draft);
    const id = timingId(spec, { machineTimezone, taken });
    taken.set(id, scheduleKey(spec));
    return (file.timings[id] ??= {
      ...{ id, name: timingName(spec, machineTimezone, neutralClock), ...storedSchedule(spec) },
      taskIds: [],
      createdAt: new Date(clock.now()).toISOString(),
    });
  };
}
