import type { Execution } from '../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { notSuccessful } from '../../domain/statuses.ts';
import type { TrayState } from '../../ports/desktop.ts';
import { isoOf, type ComingRuns } from '../schedule/coming-runs.ts';
import { nextRunCount, type TimingFacts } from '../schedule/timing-facts.ts';
import { groupRuns } from '../tasks/views.ts';

/** Limits, so that the menu fits a small screen; the window shows all. */
const shownNext = 5;
const shownRecent = 8;

interface NextTasksNeeds {
  readonly file: ScheduleFile;
  readonly facts: TimingFacts;
  readonly coming: Pick<ComingRuns, 'ofGroup' | 'ofTask'>;
  readonly nowMs: number;
}

/** Returns the tasks that run next, soonest first. A slot that the person skipped does not count. */
export function nextTasks(needs: NextTasksNeeds): TrayState['next'] {
  const { file, facts, coming, nowMs } = needs;
  const clock = facts.clock();
  const soonest = Object.values(file.timings)
    .map((timing) => ({ timing, runs: groupRuns(timing, needs, clock) }))
    .flatMap(({ timing, runs }) => (runs[0] === undefined ? [] : [{ timing, runs, first: runs[0] }]))
    .sort((left, right) => compare(left.first, right.first));
  const found: { taskId: string; taskName: string; at: string }[] = [];
  for (const { timing, runs, first } of soonest) {
    // Groups are in order, so no later one can come before the tasks that are already found.
    if (found.length >= shownNext && first > (found[shownNext - 1]?.at ?? '')) break;
    for (const taskId of timing.taskIds) {
      const task = file.tasks[taskId];
      const at = task === undefined ? undefined : nextOf(task, runsOf(task, runs, coming, nowMs));
      if (task !== undefined && at !== undefined) found.push({ taskId, taskName: task.name, at });
    }
    found.sort((left, right) => compare(left.at, right.at));
    found.splice(shownNext);
  }
  return found;
}

function runsOf(
  task: Task,
  ofGroup: readonly string[],
  coming: NextTasksNeeds['coming'],
  nowMs: number,
): readonly string[] {
  if (task.policies?.calendars === undefined) return ofGroup;
  return coming.ofTask(task, nowMs, nextRunCount).map((slotMs) => isoOf(slotMs));
}

function nextOf(task: Task, runs: readonly string[]): string | undefined {
  if (task.status !== 'active') return undefined;
  const from = [task.skipUntil, task.armedAt].filter((instant) => instant !== undefined);
  const at = runs.find((run) => from.every((instant) => run > instant) && run >= (task.startDate ?? ''));
  return at !== undefined && task.endDate !== undefined && at > task.endDate ? undefined : at;
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Returns the runs that ended last, newest first: one for each task. */
export function recentRuns(executions: readonly Execution[]): TrayState['recent'] {
  const seen = new Set<string>();
  const recent: TrayState['recent'][number][] = [];
  for (const { taskId, taskName, executionId, status, startedAt, completedAt } of executions) {
    if (status === 'running' || seen.has(taskId)) continue;
    seen.add(taskId);
    recent.push({ taskName, executionId, outcome: outcomeOf(status), at: completedAt ?? startedAt });
    if (recent.length === shownRecent) break;
  }
  return recent;
}

function outcomeOf(status: Execution['status']): TrayState['recent'][number]['outcome'] {
  if (status === 'success') return 'success';
  return notSuccessful.has(status) ? 'failure' : 'other';
}
