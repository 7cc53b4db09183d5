import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { TaskReport } from '../../contract/task-report.ts';
import { furthestMoveMs } from '../../domain/calendars/calendar-slots.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { isAllPaused } from '../schedule/all-paused.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { movesSlots } from '../schedule/timing-groups.ts';

const nextCount = 5;

/**
 * Returns the next five slots of a task at which it runs or is skipped on request. A pause with an end hides the slots
 * before its end; a start date hides those before it; a pause
 * without an end, a completed task and an end date that has passed leave nothing.
 */
export function nextOfTask(
  task: Task,
  file: ScheduleFile,
  nowMs: number,
  planner: Pick<SlotPlanner, 'slots' | 'dayOff'>,
): TaskReport['next'] {
  const fromMs = startOf(task, file, nowMs);
  if (fromMs === null) return [];
  const endMs = task.endDate === undefined ? Infinity : Date.parse(task.endDate);
  const skippedMs = task.skipUntil === undefined ? -Infinity : Date.parse(task.skipUntil);
  const plain = nextSlots(specOf(task), fromMs, nextCount);
  // Slots that calendars move can come before or between those of the schedule.
  const untilMs = (plain.at(-1) ?? fromMs) + (movesSlots(task) ? furthestMoveMs : 0);
  const slots = task.policies?.calendars === undefined ? plain : planner.slots(task, fromMs, untilMs, nextCount);
  return slots
    .filter((slotMs) => slotMs <= endMs)
    .map((slotMs) => ({
      slot: new Date(slotMs).toISOString(),
      isSkipped: slotMs <= skippedMs,
      dayOff: planner.dayOff(task, slotMs),
    }));
}

/** Returns after which instant the task runs on schedule; null if never. A slot at the end of a pause runs. */
export function startOf(task: Task, file: ScheduleFile, nowMs: number): number | null {
  const ends = [nowMs, ...(task.startDate === undefined ? [] : [Date.parse(task.startDate) - 1])];
  if (isAllPaused(file, nowMs)) {
    if (file.paused?.until === undefined) return null;
    ends.push(Date.parse(file.paused.until) - 1);
  }
  if (task.status === 'active') return Math.max(...ends);
  if (task.status !== 'paused' || task.pausedUntil === undefined) return null;
  return Math.max(...ends, Date.parse(task.pausedUntil) - 1);
}
