import { neutralClock } from '../../contract/time-style.ts';
import type { ScheduleFile, Task, Timing } from '../../contract/task.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import { timingId, timingName } from '../../domain/naming/timing-id.ts';

export interface GroupingContext {
  readonly nowMs: number;
  readonly machineTimezone: string;
}

/** Adds tasks to a schedule, each to the group of its canonical schedule and zone. Edits `draft`. */
export function addInGroups(
  draft: ScheduleFile,
  tasks: readonly { readonly task: Task; readonly spec: ScheduleSpec }[],
  context: GroupingContext,
): void {
  const keys = new Map(Object.values(draft.timings).map((timing) => [timing.id, scheduleKey(specOf(timing))]));
  const ids = new Map([...keys].map(([id, key]) => [key, id]));
  for (const { task, spec } of tasks) {
    const key = scheduleKey(spec);
    const id = ids.get(key) ?? timingId(spec, { machineTimezone: context.machineTimezone, taken: keys });
    ids.set(key, id);
    keys.set(id, key);
    const timing = (draft.timings[id] ??= newTiming(id, spec, context));
    timing.taskIds.push(task.id);
    draft.tasks[task.id] = { ...task, timingId: id };
  }
}

/** Returns why a task is not in the group of its schedule, or null. Checked before the old file is moved away. */
export function placementProblem(file: ScheduleFile, taskId: string, spec: ScheduleSpec): string | null {
  const groups = Object.values(file.timings).filter((timing) => timing.taskIds.includes(taskId));
  const [group] = groups;
  if (file.tasks[taskId] === undefined) return `"${taskId}" is missing`;
  if (group === undefined || groups.length > 1) return `"${taskId}" is in ${groups.length} groups`;
  if (scheduleKey(specOf(group)) !== scheduleKey(spec))
    return `"${taskId}" is in group "${group.id}" of another schedule`;
  return null;
}

function newTiming(id: string, spec: ScheduleSpec, { nowMs, machineTimezone }: GroupingContext): Timing {
  return {
    id,
    name: timingName(spec, machineTimezone, neutralClock),
    ...storedSchedule(spec),
    taskIds: [],
    createdAt: new Date(nowMs).toISOString(),
  };
}
