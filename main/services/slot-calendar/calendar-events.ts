import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import { medianDuration } from '../../contract/median-duration.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { dayMs, minuteMs } from '../../domain/durations.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { RunSums } from '../../ports/ledger/run-totals.ts';
import type { Store } from '../../ports/store.ts';
import { successDurations } from '../reports/figures/run-figures.ts';
import { startOf } from '../reports/next-of-task.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';

export interface CalendarEventsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: ExecutionPages & RunSums & RunStates;
  readonly clock: Pick<Clock, 'now'>;
  readonly planner: Pick<SlotPlanner, 'slots' | 'dayOff'>;
  /** Resolves once other work of this process has had its turn. */
  readonly pause: () => Promise<void>;
}

export interface CalendarQuestion {
  /** How many days ahead. */
  readonly days: number;
  /** How many days of past runs; 0 for none. */
  readonly pastDays: number;
  /** Only this group. @default all */
  readonly timingId?: string | undefined;
}

/** One event of the calendar. */
export interface CalendarEvent {
  /** The same for a slot and for the run of that slot, so that a calendar replaces the one by the other. */
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly task: Pick<Task, 'name' | 'tool' | 'tags'>;
  /** The run; null for a slot to come. */
  readonly run: Pick<Execution, 'status' | 'error' | 'doubt'> | null;
}

export interface CalendarContent {
  readonly events: readonly CalendarEvent[];
  /** Number of tasks with a slot to come. */
  readonly tasks: number;
  /** What is left out, in sentences. */
  readonly notes: readonly string[];
}

/** Limits that keep a calendar readable: a task of every minute has 43,200 slots in thirty days. */
const mostPerTask = 200;
const mostEvents = 10_000;
const mostPast = 2000;
/** Successful runs that tell how long a task usually takes. */
const latestRuns = 100;
/** Tasks that are read without a pause. */
const batchSize = 20;

/** Returns the slots to come and, if wished, the past runs. */
export async function calendarContent(
  needs: CalendarEventsNeeds,
  question: CalendarQuestion,
): Promise<CalendarContent> {
  const file = needs.store.read();
  const tasks = Object.values(file.tasks).filter(({ timingId }) => (question.timingId ?? timingId) === timingId);
  const events: CalendarEvent[] = [];
  const cut: string[] = [];
  let tasksWithSlots = 0;
  for (const [index, task] of tasks.entries()) {
    const { found, isCut } = comingOf(needs, task, file, question.days);
    if (found.length > 0) tasksWithSlots += 1;
    if (isCut) cut.push(task.name);
    events.push(...found);
    if (index % batchSize === batchSize - 1) await needs.pause();
  }
  const past = question.pastDays > 0 ? pastRuns(needs, file, question) : { events: [], isCut: false };
  // The nearest slots of all tasks, if there are too many.
  const coming = events.toSorted((a, b) => a.startMs - b.startMs || a.id.localeCompare(b.id));
  return {
    events: [...past.events, ...coming.slice(0, mostEvents)],
    tasks: tasksWithSlots,
    notes: [
      ...cut.map((name) => `"${name}" runs so often that only its next ${mostPerTask} slots are in the calendar.`),
      ...(coming.length > mostEvents ? [`Only the next ${mostEvents} slots of all tasks are in the calendar.`] : []),
      ...(past.isCut ? [`Only the latest ${mostPast} past runs are in the calendar.`] : []),
    ],
  };
}

function comingOf(
  { ledger, clock, planner }: CalendarEventsNeeds,
  task: Task,
  file: ScheduleFile,
  days: number,
): { readonly found: CalendarEvent[]; readonly isCut: boolean } {
  const nowMs = clock.now();
  const fromMs = startOf(task, file, nowMs);
  if (fromMs === null) return { found: [], isCut: false };
  const endMs = task.endDate === undefined ? Infinity : Date.parse(task.endDate);
  const skippedMs = task.skipUntil === undefined ? -Infinity : Date.parse(task.skipUntil);
  const untilMs = Math.min(nowMs + days * dayMs, endMs);
  const slots = untilMs <= fromMs ? [] : planner.slots(task, fromMs, untilMs, mostPerTask + 1);
  if (slots.length === 0) return { found: [], isCut: false };
  const left = remainingOf(task, ledger);
  const kept = slots
    .filter((slotMs) => slotMs > skippedMs && planner.dayOff(task, slotMs) === null)
    .slice(0, Math.min(left, mostPerTask));
  const tookMs = lengthOf(medianDuration(successDurations(ledger.comparedRuns(task.id, latestRuns))));
  const found = kept.map((slotMs) => ({
    ...{ id: slotId(task.id, slotMs), startMs: slotMs, endMs: slotMs + tookMs },
    ...{ task, run: null },
  }));
  return { found, isCut: slots.length > mostPerTask && left > mostPerTask };
}

/** Returns how many more slots a task with a limit runs, if all succeed. */
function remainingOf(task: Task, ledger: RunStates): number {
  const limit = task.fireOnce === true ? 1 : (task.maxExecutions ?? Infinity);
  if (limit === Infinity) return limit;
  return Math.max(0, limit - (ledger.runState([task.id]).get(task.id)?.successfulSlots ?? 0));
}

/** An event without a length, or of seconds, cannot be seen in a calendar. */
const lengthOf = (ms: number | null): number => Math.max(minuteMs, Math.round((ms ?? 0) / 1000) * 1000);

const slotId = (taskId: string, slotMs: number): string => `${taskId}/${new Date(slotMs).toISOString()}`;

function pastRuns(
  { ledger, clock }: CalendarEventsNeeds,
  file: ScheduleFile,
  { pastDays, timingId }: CalendarQuestion,
): { readonly events: CalendarEvent[]; readonly isCut: boolean } {
  const since = new Date(clock.now() - pastDays * dayMs).toISOString();
  const pageSize = 1000;
  const page = (offset: number) =>
    ledger.list(executionFilterSchema.parse({ since, timingId, limit: pageSize, offset }));
  const first = page(0);
  const runs = [...first.executions, ...(first.total > pageSize ? page(pageSize).executions : [])];
  const shown = runs.filter(({ status, trigger }) => status !== 'skipped' && trigger !== 'test').toReversed();
  return { events: shown.map((run) => pastEvent(run, file)), isCut: first.total > mostPast };
}

function pastEvent(run: Execution, file: ScheduleFile): CalendarEvent {
  const startMs = Date.parse(run.startedAt);
  const { name, tool, tags } = file.tasks[run.taskId] ?? { name: run.taskName, tool: run.tool, tags: undefined };
  // The first attempt takes the place of its slot; retries and runs by hand are events of their own.
  const slot = run.attempt === 1 ? run.slot : null;
  return {
    id: slot === null ? `run/${run.executionId}` : slotId(run.taskId, Date.parse(slot)),
    ...{ startMs, endMs: startMs + lengthOf(run.duration), task: { name, tool, tags }, run },
  };
}
