import { neutralClock } from '../../contract/time-style.ts';
import { eventsOfEntry, type OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import { eventsOf, isOnDemand, neverRunAt } from '../../contract/schedule-rule.ts';
import type { ScheduleFile, Task, Timing } from '../../contract/task.ts';
import { cronOf } from '../../domain/cron/parse-cron.ts';
import { everyDay } from '../../domain/cron/normal-days.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf, storedSchedule } from '../../domain/timing/spec-of.ts';
import type { StoredSchedule } from '../../domain/timing/spec-of.ts';
import { timingId, timingName } from '../../domain/naming/timing-id.ts';

/** What every edit of the groups needs. */
export interface GroupContext {
  readonly machineTimezone: string;
  readonly nowIso: string;
  /** The draft's keys from `groupKeys`, for an edit that places many tasks: reading them all each time takes long. */
  readonly keys?: Map<string, string>;
}

/** Returns the key of each group's schedule by the group's id. */
export function groupKeys(draft: ScheduleFile): Map<string, string> {
  return new Map(Object.values(draft.timings).map((timing) => [timing.id, scheduleKey(specOf(timing))]));
}

/** Returns the group of this schedule, and creates it if it does not exist. Edits `draft`. */
function groupFor(draft: ScheduleFile, spec: ScheduleSpec, context: GroupContext): Timing {
  const taken = context.keys ?? groupKeys(draft);
  const id = timingId(spec, { machineTimezone: context.machineTimezone, taken });
  const existing = draft.timings[id];
  if (existing !== undefined) return existing;
  const created: Timing = {
    id,
    name: timingName(spec, context.machineTimezone, neutralClock),
    ...storedSchedule(spec),
    taskIds: [],
    createdAt: context.nowIso,
  };
  draft.timings[id] = created;
  taken.set(id, scheduleKey(spec));
  return created;
}

/** Moves a task to the group of `spec`. Edits `draft` and `task`. */
export function placeTask(draft: ScheduleFile, task: Task, spec: ScheduleSpec, context: GroupContext): Timing {
  const timing = groupFor(draft, spec, context);
  if (task.timingId !== timing.id) leaveGroup(draft, task);
  if (!timing.taskIds.includes(task.id)) timing.taskIds.push(task.id);
  task.timingId = timing.id;
  setSchedule(task, timing);
  draft.tasks[task.id] = task;
  return timing;
}

/** Gives a task the stored schedule of its group, or of a `storedSchedule`. */
export function setSchedule(task: Task, from: StoredSchedule): void {
  task.cronExpression = from.cronExpression;
  task.timezone = from.timezone;
  if (from.runAt === undefined) delete task.runAt;
  else task.runAt = from.runAt;
  if (from.scheduleRule === undefined) delete task.scheduleRule;
  else task.scheduleRule = structuredClone(from.scheduleRule);
  // It meant the next event. Every slot of any other schedule would be skipped.
  if (task.skipUntil === neverRunAt && eventsOf(task).length === 0) delete task.skipUntil;
}

/** Removes a task from its group, and the group with its last task. Edits `draft`. */
export function leaveGroup(draft: ScheduleFile, task: Task): void {
  const timing = draft.timings[task.timingId];
  if (timing === undefined) return;
  timing.taskIds = timing.taskIds.filter((id) => id !== task.id);
  if (timing.taskIds.length === 0) delete draft.timings[timing.id];
}

/**
 * Returns the schedule by which a group is fired. A version that does not know `scheduleRule` adds tasks without a rule to a
 * group that has one: they are due at every slot of `cronExpression`.
 */
export function firedSchedule(file: ScheduleFile, timing: Timing): StoredSchedule {
  if (timing.scheduleRule === undefined) return timing;
  const isOlder = timing.taskIds.some(
    (id) => file.tasks[id] !== undefined && file.tasks[id].scheduleRule === undefined,
  );
  return isOlder ? { cronExpression: timing.cronExpression, timezone: timing.timezone } : timing;
}

/** Returns whether an OS scheduler of this kind must fire this group. Events that it does not know are left to the app. */
export function needsEntryIn(kind: OsSchedulerKind, file: ScheduleFile, timing: Timing): boolean {
  const events = eventsOf(timing);
  return needsEntry(file, timing) && (events.length === 0 || eventsOfEntry(kind, events).length > 0);
}

/** Returns whether this group must be fired: at least one of its tasks can still run on schedule. */
export function needsEntry(file: ScheduleFile, timing: Timing): boolean {
  if (isOnDemand(timing)) return false;
  return timing.taskIds.some((id) => {
    const task = file.tasks[id];
    return task?.status === 'active' || (task?.status === 'paused' && task.pausedUntil !== undefined);
  });
}

const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);

/** Returns whether calendars move slots of this task to other days. */
export function movesSlots({ policies }: Pick<Task, 'policies'>): boolean {
  return (policies?.calendars?.dayOff ?? 'skip') !== 'skip';
}

/**
 * Returns the schedule for the OS entry of a group. Calendars can move slots to any day, so a group with such a task is fired
 * at its times on every day, and the check of due slots decides.
 */
export function entrySchedule(spec: ScheduleSpec, file: ScheduleFile, { taskIds }: Timing): ScheduleSpec {
  const moves = taskIds.some((id) => movesSlots(file.tasks[id] ?? {}));
  if (spec.kind === 'once' || spec.kind === 'event' || spec.kind === 'on-demand' || !moves) return spec;
  const { minutes, hours } = (spec.kind === 'cron' ? spec.cron : spec.cover).sets;
  const cron = cronOf(minutes, hours, everyMonth, everyDay);
  return cron === null ? spec : { kind: 'cron', cron, timezone: spec.timezone };
}
