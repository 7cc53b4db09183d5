import type { Task } from '../../contract/task.ts';
import { furthestMoveMs } from '../../domain/calendars/calendar-slots.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { SlotPlanner } from './slot-planner.ts';

/** Each search looks at this many slots of the schedule for each run that is wanted. */
const slotsPerRun = 4;
/** A task that runs only on days of a calendar without days would be searched forever. */
const mostSearches = 12;

/**
 * Returns the next slots of a task after `afterMs` at which it runs: without those on days that its calendars leave out, with
 * those to which they move. Ignores pauses and the dates of the task.
 */
export function comingRuns(
  task: Task,
  afterMs: number,
  count: number,
  planner: Pick<SlotPlanner, 'slots' | 'dayOff'>,
): number[] {
  const spec = specOf(task);
  if (task.policies?.calendars === undefined) return nextSlots(spec, afterMs, count);
  const runs: number[] = [];
  let fromMs = afterMs;
  for (let search = 0; search < mostSearches && runs.length < count; search += 1) {
    const plain = nextSlots(spec, fromMs, count * slotsPerRun);
    const isOver = plain.length < count * slotsPerRun;
    // The last slots of a schedule that ends can move to later days.
    const untilMs = isOver ? (plain.at(-1) ?? fromMs) + furthestMoveMs : (plain.at(-1) ?? fromMs);
    const slots = planner.slots(task, fromMs, untilMs, Infinity);
    runs.push(...slots.filter((slotMs) => planner.dayOff(task, slotMs) === null));
    if (isOver) break;
    fromMs = untilMs;
  }
  return runs.slice(0, count);
}
