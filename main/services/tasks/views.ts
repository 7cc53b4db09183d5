import type { Attention } from '../../contract/attention.ts';
import type { ScheduleFile, Task, TaskView, Timing, TimingView } from '../../contract/task.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { RunState, RunStates } from '../../ports/ledger/run-state.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import { isoOf, type ComingRuns } from '../schedule/coming-runs.ts';
import { nextRunCount } from '../schedule/timing-facts.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';

/** Returns tasks with their run state and what about them needs attention. */
export function taskViews(
  tasks: readonly Task[],
  ledger: RunStates,
  attention: ReadonlyMap<string, Attention[]>,
  { coming, nowMs }: { readonly coming: Pick<ComingRuns, 'ofTask'>; readonly nowMs: number },
): TaskView[] {
  const states = ledger.runState(tasks.map((task) => task.id));
  return tasks.map((task) => {
    const view = taskView(task, states.get(task.id), attention.get(task.id));
    // The other tasks run when their group does.
    if (task.policies?.calendars !== undefined)
      view.nextRuns = coming.ofTask(task, nowMs, nextRunCount).map((slotMs) => isoOf(slotMs));
    return view;
  });
}

function taskView(task: Task, state: RunState | undefined, attention: Attention[] | undefined): TaskView {
  // Not `{ ...task, executionCount }`: V8 makes a dictionary of that, which takes seven times as long to create and
  // twice as long to serialize. A listing may have 10,000 tasks (bench/sections/answers.ts).
  const view = Object.assign({}, task) as TaskView;
  view.executionCount = state?.executionCount ?? 0;
  view.running = state?.running ?? 0;
  if (state?.lastExecutionId != null) view.lastExecutionId = state.lastExecutionId;
  if (state?.lastExecutionAt != null) view.lastExecutionAt = state.lastExecutionAt;
  if (state?.lastStatus != null) view.lastStatus = state.lastStatus;
  if (state?.lastDoubtful === true) view.lastDoubtful = true;
  if (attention !== undefined) view.attention = attention;
  return view;
}

export interface TimingViewContext {
  readonly file: ScheduleFile;
  readonly facts: TimingFacts;
  readonly coming: Pick<ComingRuns, 'ofGroup'>;
  readonly ledger: RunStates;
  readonly nowMs: number;
  /** Entries by group id; null if the OS scheduler could not be asked. */
  readonly entries: ReadonlyMap<string, OsEntry> | null;
  readonly kind: string;
  /** Groups that need an entry. */
  readonly wanted: ReadonlySet<string>;
}

export function timingViews(timings: readonly Timing[], context: TimingViewContext): TimingView[] {
  const states = context.ledger.runState(timings.flatMap((timing) => timing.taskIds));
  const clock = context.facts.clock();
  return timings.map((timing) => {
    const { name, sentence } = context.facts.of(timing, context.nowMs, clock);
    const nextRuns = groupRuns(timing, context, clock);
    const [first] = nextRuns;
    const lastExecutionAt = lastRunOf(timing, states);
    return {
      ...timing,
      name,
      sentence,
      nextRuns,
      ...(first === undefined ? {} : { nextExecutionAt: first }),
      ...(lastExecutionAt === undefined ? {} : { lastExecutionAt }),
      osEntry: osEntryOf(timing, context),
    };
  });
}

/** Returns when the tasks of a group run next; from the cache if no calendar has a say. @param clock of `facts` */
export function groupRuns(
  timing: Timing,
  { file, facts, coming, nowMs }: Pick<TimingViewContext, 'file' | 'facts' | 'coming' | 'nowMs'>,
  clock: ClockStyle,
): string[] {
  const hasCalendars = timing.taskIds.some((id) => file.tasks[id]?.policies?.calendars !== undefined);
  if (!hasCalendars) return [...facts.of(timing, nowMs, clock).nextRuns];
  return coming.ofGroup(file, timing, nowMs, nextRunCount).map((slotMs) => isoOf(slotMs));
}

function lastRunOf(timing: Timing, states: ReadonlyMap<string, RunState>): string | undefined {
  const instants = timing.taskIds.flatMap((id) => states.get(id)?.lastExecutionAt ?? []);
  return instants.sort().at(-1);
}

function osEntryOf(timing: Timing, context: TimingViewContext): TimingView['osEntry'] {
  const { kind } = context;
  if (kind === 'in-process') return { kind, state: 'in-process' };
  if (context.entries === null) return { kind, state: 'unknown' };
  const entry = context.entries.get(timing.id);
  if (entry === undefined) {
    return { kind, state: context.wanted.has(timing.id) ? 'missing' : 'not-needed' };
  }
  const state = entry.state === 'installed' ? 'installed' : 'drifted';
  return { kind, state, path: entry.path, ...(entry.detail === undefined ? {} : { detail: entry.detail }) };
}
