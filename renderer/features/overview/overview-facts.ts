import type { DoctorCheck } from '../../../main/contract/cli.ts';
import type { Execution } from '../../../main/contract/execution.ts';
import type { IpcOutput } from '../../../main/contract/ipc.ts';
import { healthAfter } from '../../../main/contract/task-health.ts';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { nextRunOf } from '../groups/groups.ts';
import { text } from '../../text/en.ts';
import { isFailure } from '../../ui/failure.ts';

/** Returns the failures since the person last marked them as seen, newest first. */
export function unseenFailures(recent: readonly Execution[], seenAt: string | null): Execution[] {
  const seen = seenAt === null ? 0 : Date.parse(seenAt);
  return recent.filter((execution) => isFailure(execution.status) && Date.parse(execution.startedAt) > seen);
}

/** Returns the doubtful runs since the person last marked failures as seen, newest first. */
export function unseenDoubts(recent: readonly Execution[], seenAt: string | null): Execution[] {
  const seen = seenAt === null ? 0 : Date.parse(seenAt);
  return recent.filter(({ doubt, startedAt }) => doubt !== undefined && Date.parse(startedAt) > seen);
}

export interface TaskFailures {
  /** The newest failure of the task. */
  newest: Execution;
  count: number;
}

/** Groups failures by task, newest first, so that a task that fails every minute is one line. */
export function failuresByTask(failures: readonly Execution[]): TaskFailures[] {
  const byTask = new Map<string, TaskFailures>();
  for (const failure of failures) {
    const known = byTask.get(failure.taskId);
    if (known) known.count += 1;
    else byTask.set(failure.taskId, { newest: failure, count: 1 });
  }
  return [...byTask.values()];
}

/**
 * Tasks with failures that the person has not marked as seen. A task whose newest run is doubtful is in neither list, nor
 * is one that was deleted.
 */
export interface FailedTasks {
  /** Their newest run that says how the task is has failed. */
  failing: TaskFailures[];
  /** They have succeeded since, without a doubt. */
  recovered: TaskFailures[];
}

/**
 * @param recent newest first
 * @param tasks the ids of the tasks that exist
 */
export function failedTasks(
  recent: readonly Execution[],
  seenAt: string | null,
  tasks: ReadonlySet<string>,
): FailedTasks {
  const telling = recent.filter((run) => tasks.has(run.taskId) && healthAfter(run) !== null);
  const newestOf = ({ newest }: TaskFailures): Execution =>
    telling.find((run) => run.taskId === newest.taskId) ?? newest;
  const failed = failuresByTask(unseenFailures(telling, seenAt));
  return {
    failing: failed.filter((task) => healthAfter(newestOf(task)) === 'failing'),
    recovered: failed.filter((task) => {
      const newest = newestOf(task);
      return healthAfter(newest) === 'working' && newest.doubt === undefined;
    }),
  };
}

/** Returns the groups that the operating system would not fire correctly. */
export const groupsInTrouble = (timings: readonly TimingView[]): TimingView[] =>
  timings.filter(({ osEntry }) => osEntry.state === 'missing' || osEntry.state === 'drifted');

/** A problem, as the overview shows it. */
export interface Finding {
  id: string;
  title: string;
  message: string;
  status: DoctorCheck['status'];
  fixable: boolean;
  /** The group that the problem concerns; null if none. */
  timingId: string | null;
}

const entryCheck = /^os\/entry:(.+)$/;

/** Returns the problems of the groups and those that the last checks found in addition. Problems before warnings. */
export function findingsOf(timings: readonly TimingView[], checks: readonly DoctorCheck[] | null): Finding[] {
  const trouble = groupsInTrouble(timings);
  const told = new Set(trouble.map(({ id }) => `os/entry:${id}`));
  const looked = (checks ?? []).filter(({ id, status }) => status !== 'ok' && !told.has(id));
  return [
    ...trouble.map((timing): Finding => ({
      id: timing.id,
      title: timing.sentence,
      message: timing.osEntry.detail ?? text.osEntry.explain[timing.osEntry.state],
      status: 'problem',
      fixable: true,
      timingId: timing.id,
    })),
    ...looked.map(({ id, title, message, status, fixable }): Finding => {
      const timing = timings.find((candidate) => candidate.id === entryCheck.exec(id)?.[1]);
      return { id, title: timing?.sentence ?? title, message, status, fixable, timingId: timing?.id ?? null };
    }),
  ].sort((a, b) => Number(b.status === 'problem') - Number(a.status === 'problem'));
}

export interface UpcomingRun {
  timing: TimingView;
  at: string;
  /** The active tasks. */
  tasks: readonly Pick<TaskView, 'id' | 'name'>[];
}

/** Returns the groups with active tasks, in the order of their next run, each with the tasks that run then. */
export function upcomingRuns(timings: readonly TimingView[], tasks: readonly TaskView[], now: number): UpcomingRun[] {
  const active = new Map<string, TaskView[]>();
  for (const task of tasks) {
    if (task.status !== 'active') continue;
    const own = active.get(task.timingId);
    if (own) own.push(task);
    else active.set(task.timingId, [task]);
  }
  return timings
    .flatMap((timing) => {
      const own = active.get(timing.id);
      const at = nextRunOf(timing, now);
      if (own === undefined || at === undefined) return [];
      // The calendars of a task can leave out a day on which others of its group run.
      return [{ timing, at, tasks: own.filter(({ nextRuns }) => nextRuns?.includes(at) ?? true) }];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

export interface DayCount {
  /** Midnight of the day in the machine's zone, in ms. */
  start: number;
  good: number;
  bad: number;
}

/** Counts the outcomes of each of the last days, oldest day first. */
export function dayCounts(steps: IpcOutput<'executions.outcomes'>['steps'], now: number, days: number): DayCount[] {
  const starts = Array.from({ length: days }, (_, index) => midnight(now, index - days + 1));
  const counts = starts.map((start): DayCount => ({ start, good: 0, bad: 0 }));
  for (const { at, good, bad } of steps) {
    const day = counts.findLast(({ start }) => start <= Date.parse(at));
    if (!day) continue;
    day.good += good;
    day.bad += bad;
  }
  return counts;
}

/** Returns midnight of the next day in the machine's zone, in ms. */
export const dayAfter = (start: number): number => midnight(start, 1);

/** Counts calendar days, not 24 hours: a day has 23 or 25 hours when the clocks change. */
function midnight(now: number, offsetDays: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() + offsetDays);
  return day.getTime();
}
