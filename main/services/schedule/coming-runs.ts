import type { ScheduleFile, Task, Timing } from '../../contract/task.ts';
import { calendarSlots, furthestMoveMs } from '../../domain/calendars/calendar-slots.ts';
import { dayOffDetail, type CalendarRule } from '../../domain/calendars/day-off.ts';
import { LATEST_MS, nextSlots, slotsBetween } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { nextRunCount, type Schedule } from './timing-facts.ts';

/** Each search looks at this many slots of the schedule for each run that is wanted. */
const slotsPerRun = 4;
/** A task that runs only on days of a calendar without days would be searched forever. */
const mostSearches = 12;
/** Limit of slots to look at in a time span: a month of minutes. */
const mostLooked = 50_000;
/** Limit of cached schedules for each set of calendars. */
const mostCached = 10_000;

/** A schedule with the calendars and dates of a task that runs by it. */
export type Scheduled = Schedule & Pick<Task, 'policies' | 'startDate' | 'endDate'>;

/** A slot that does not run, because calendars leave its day out. */
export interface DayOff {
  readonly slotMs: number;
  /** Such as `Germany, Christmas Day; moved to 2026-12-28`. */
  readonly reason: string;
}

/** A slot of a group, and the tasks that run at it. */
export interface Start {
  readonly slotMs: number;
  readonly tasks: readonly Task[];
}

interface Known {
  readonly fromMs: number;
  readonly runs: readonly number[];
}

/**
 * Finds the slots at which tasks really run: without those on days that their calendars leave out, with those to which they
 * move. Everything that shows next runs asks here. Pauses and skipped slots do not count.
 */
export class ComingRuns {
  readonly #ruleOf: (task: Pick<Task, 'policies' | 'timezone'>) => CalendarRule | null;
  /** By rule, which is another object as soon as any calendar changed. A listing may have 10,000 tasks. */
  readonly #known = new WeakMap<CalendarRule, Map<string, Known>>();

  constructor(ruleOf: (task: Pick<Task, 'policies' | 'timezone'>) => CalendarRule | null) {
    this.#ruleOf = ruleOf;
  }

  /** Returns the next runs of a task after `afterMs`, from its start date to its end date. */
  ofTask(task: Scheduled, afterMs: number, count: number): number[] {
    const fromMs = task.startDate === undefined ? afterMs : Math.max(afterMs, Date.parse(task.startDate) - 1);
    const endMs = task.endDate === undefined ? Infinity : Date.parse(task.endDate);
    if (fromMs > LATEST_MS) return [];
    return this.#next(task, fromMs, count).filter((slotMs) => slotMs <= endMs);
  }

  /**
   * Returns the next slots after `afterMs` at which any task of a group runs. Only its active tasks count, or all of them
   * if none is active. Their dates do not count.
   */
  ofGroup(file: ScheduleFile, timing: Timing, afterMs: number, count: number): number[] {
    const tasks = countedTasks(file, timing);
    if (tasks.length === 0) return nextSlots(specOf(timing), afterMs, count);
    const runs = byCalendars(tasks).flatMap(([task]) =>
      this.#next({ ...timing, policies: task.policies }, afterMs, count),
    );
    return [...new Set(runs)].sort((one, other) => one - other).slice(0, count);
  }

  /** Returns the slots in (`afterMs`, `untilMs`] at which active tasks of a group run, and which of them; the earliest `limit`. */
  starts(file: ScheduleFile, timing: Timing, afterMs: number, untilMs: number, limit: number): Start[] {
    const kinds = byCalendars(timing.taskIds.flatMap((id) => file.tasks[id] ?? []).filter(isActive));
    const found = kinds.flatMap((tasks) => {
      const slots = this.#between({ ...timing, policies: tasks[0].policies }, afterMs, untilMs, limit);
      return slots.map((slotMs): Start => ({ slotMs, tasks }));
    });
    return kinds.length > 1 ? together(found).slice(0, limit) : found;
  }

  #between(task: Scheduled, afterMs: number, untilMs: number, limit: number): number[] {
    const rule = this.#ruleOf(task);
    const spec = specOf(task);
    if (rule === null) return slotsBetween(spec, afterMs, untilMs, limit);
    const slots = calendarSlots(rule, (after, until) => slotsBetween(spec, after, until, mostLooked), afterMs, untilMs);
    return slots.filter((slotMs) => dayOffDetail(rule, slotMs) === null).slice(0, limit);
  }

  /** Returns the slots of the schedule in (`afterMs`, `untilMs`] that do not run, the earliest `limit`. */
  daysOff(task: Scheduled, afterMs: number, untilMs: number, limit: number): DayOff[] {
    const rule = this.#ruleOf(task);
    if (rule === null || untilMs <= afterMs) return [];
    return slotsBetween(specOf(task), afterMs, untilMs, limit * slotsPerRun * mostSearches)
      .flatMap((slotMs) => {
        const reason = dayOffDetail(rule, slotMs);
        return reason === null ? [] : { slotMs, reason };
      })
      .slice(0, limit);
  }

  #next(task: Scheduled, afterMs: number, count: number): readonly number[] {
    const rule = this.#ruleOf(task);
    if (rule === null) return nextSlots(specOf(task), afterMs, count);
    if (count > nextRunCount) return this.#search(task, rule, afterMs, count);
    const cached = this.#known.get(rule) ?? new Map<string, Known>();
    if (cached.size >= mostCached) cached.clear();
    this.#known.set(rule, cached);
    const key = JSON.stringify([task.cronExpression, task.runAt, task.scheduleRule]);
    const known = cached.get(key);
    const isValid = known !== undefined && afterMs >= known.fromMs && afterMs < (known.runs[0] ?? -Infinity);
    const runs = isValid ? known.runs : this.#search(task, rule, afterMs, nextRunCount);
    if (!isValid) cached.set(key, { fromMs: afterMs, runs });
    return runs.slice(0, count);
  }

  #search(task: Scheduled, rule: CalendarRule, afterMs: number, count: number): number[] {
    const spec = specOf(task);
    const between = (after: number, until: number) => slotsBetween(spec, after, until, Infinity);
    const runs: number[] = [];
    let fromMs = afterMs;
    for (let search = 0; search < mostSearches && runs.length < count; search += 1) {
      const plain = nextSlots(spec, fromMs, count * slotsPerRun);
      const isOver = plain.length < count * slotsPerRun;
      // The last slots of a schedule that ends can move to later days.
      const untilMs = isOver ? (plain.at(-1) ?? fromMs) + furthestMoveMs : (plain.at(-1) ?? fromMs);
      const slots = calendarSlots(rule, between, fromMs, untilMs);
      runs.push(...slots.filter((slotMs) => dayOffDetail(rule, slotMs) === null));
      if (isOver) break;
      fromMs = untilMs;
    }
    return runs.slice(0, count);
  }
}

const isActive = ({ status }: Task): boolean => status === 'active';

/** Returns the tasks of a group that its next runs are about: the active ones, or all if none is active. */
function countedTasks(file: ScheduleFile, { taskIds }: Timing): Task[] {
  const tasks = taskIds.flatMap((id) => file.tasks[id] ?? []);
  const active = tasks.filter(isActive);
  return active.length > 0 ? active : tasks;
}

type Several = [Task, ...Task[]];

/** Returns the tasks with the same calendars together. */
function byCalendars(tasks: readonly Task[]): Several[] {
  const kinds = new Map<string | undefined, Several>();
  for (const task of tasks) {
    const key = JSON.stringify(task.policies?.calendars);
    const same = kinds.get(key);
    if (same === undefined) kinds.set(key, [task]);
    else same.push(task);
  }
  return [...kinds.values()];
}

/** Returns each slot once, with all of its tasks, in order. */
function together(starts: readonly Start[]): Start[] {
  const bySlot = new Map<number, readonly Task[]>();
  for (const { slotMs, tasks } of starts) bySlot.set(slotMs, [...(bySlot.get(slotMs) ?? []), ...tasks]);
  return [...bySlot].map(([slotMs, tasks]) => ({ slotMs, tasks })).sort((one, other) => one.slotMs - other.slotMs);
}

export const isoOf = (slotMs: number): string => new Date(slotMs).toISOString();
