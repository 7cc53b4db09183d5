import { summaryOf } from '../../../main/contract/built-in/built-ins.ts';
import { eventsOf, hasNoTimes } from '../../../main/contract/schedule-rule.ts';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { text } from '../../text/en.ts';
import { formatZone } from '../../text/format.ts';
import { isFailure } from '../../ui/failure.ts';

type TaskFilter = 'all' | 'active' | 'paused' | 'failing' | 'completed';

/** A group with those of its tasks that are shown. */
export interface Group {
  timing: TimingView;
  tasks: readonly TaskView[];
  /** Whether any task of the group can run, shown or not. */
  isActive: boolean;
}

/** Returns the next run. The list was computed earlier, so its first runs may have passed. */
export const nextRunOf = (timing: Pick<TimingView, 'nextRuns'>, now: number): string | undefined =>
  timing.nextRuns.find((run) => Date.parse(run) > now);

/** Returns the schedule of a group in words, with its time zone if that is not the machine's. */
export function sentenceOf(
  timing: Pick<TimingView, 'sentence' | 'timezone' | 'runAt' | 'scheduleRule'>,
  machineZone: string,
): string {
  if (timing.timezone === machineZone || hasNoTimes(timing)) return timing.sentence;
  return text.groups.inZone(timing.sentence, formatZone(timing.timezone));
}

/** Returns why no next run of a group is listed. */
export function noNextWords(timing: Pick<TimingView, 'runAt' | 'scheduleRule'>): string {
  const events = eventsOf(timing);
  if (events.length > 0) return text.taskPage.nextEvent(events);
  return hasNoTimes(timing) ? text.taskPage.onDemand : text.taskPage.nextNone;
}

/**
 * Returns the groups in the order of their next run; groups that are not active or have no upcoming run come last. With
 * a search or a filter, only matching tasks and groups with matching tasks.
 */
export function arrangeGroups(
  timings: readonly TimingView[],
  tasks: readonly TaskView[],
  { wanted, filter }: { wanted: string; filter: TaskFilter },
): Group[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const byTiming = byTimingId(tasks);
  return timings
    .map((timing) => {
      const fits = (task: TaskView) => passes(task, filter) && contains(task, timing, words);
      const own = byTiming.get(timing.id) ?? [];
      const shown = own.filter(fits).sort((a, b) => a.name.localeCompare(b.name));
      return { timing, tasks: shown, isActive: own.some((task) => task.status === 'active') };
    })
    .filter((group) => group.tasks.length > 0)
    .sort((a, b) => nextOf(a) - nextOf(b) || a.timing.sentence.localeCompare(b.timing.sentence));
}

function byTimingId(tasks: readonly TaskView[]): ReadonlyMap<string, TaskView[]> {
  const groups = new Map<string, TaskView[]>();
  for (const task of tasks) {
    const own = groups.get(task.timingId);
    if (own) own.push(task);
    else groups.set(task.timingId, [task]);
  }
  return groups;
}

const nextOf = ({ timing, isActive }: Group): number =>
  timing.nextExecutionAt === undefined || !isActive ? Number.MAX_SAFE_INTEGER : Date.parse(timing.nextExecutionAt);

function passes(task: TaskView, filter: TaskFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'failing':
      return task.status === 'error' || isFailure(task.lastStatus);
    default:
      return task.status === filter;
  }
}

function contains(task: TaskView, timing: TimingView, words: readonly string[]): boolean {
  const haystack = [
    task.name,
    task.description ?? '',
    task.tool,
    taskSummary(task),
    timing.sentence,
    ...(task.tags ?? []),
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => haystack.includes(word));
}

/** Returns what the task runs in one line: its command, its request or its tool. */
export const taskSummary = ({ tool, parameters }: Pick<TaskView, 'tool' | 'parameters'>): string =>
  summaryOf(tool, parameters) ?? tool;
