import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { isFailure } from '../../ui/failure.ts';

export const taskFilters = ['all', 'active', 'paused', 'failing', 'completed'] as const;
export type TaskFilter = (typeof taskFilters)[number];

/** A timing group with the tasks of it that are shown. */
export interface Group {
  timing: TimingView;
  tasks: readonly TaskView[];
}

/**
 * The groups in the order they run next; groups with nothing ahead come last. With a search or a filter, only the
 * tasks that fit, and only groups that have some.
 */
export function arrangeGroups(
  timings: readonly TimingView[],
  tasks: readonly TaskView[],
  { wanted, filter }: { wanted: string; filter: TaskFilter },
): Group[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const byTiming = new Map<string, TaskView[]>();
  for (const task of tasks) byTiming.set(task.timingId, [...(byTiming.get(task.timingId) ?? []), task]);
  return timings
    .map((timing) => {
      const fits = (task: TaskView) => passes(task, filter) && contains(task, timing, words);
      const shown = (byTiming.get(timing.id) ?? []).filter(fits);
      return { timing, tasks: shown.sort((a, b) => a.name.localeCompare(b.name)) };
    })
    .filter((group) => group.tasks.length > 0)
    .sort((a, b) => nextOf(a) - nextOf(b) || a.timing.sentence.localeCompare(b.timing.sentence));
}

const nextOf = ({ timing }: Group): number =>
  timing.nextExecutionAt === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(timing.nextExecutionAt);

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
    summaryOf(task),
    timing.sentence,
    ...(task.tags ?? []),
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => haystack.includes(word));
}

/** What the task does, in one line: its command, its address, or its tool. */
export function summaryOf({ tool, parameters }: Pick<TaskView, 'tool' | 'parameters'>): string {
  const { command, args, url, method } = parameters;
  if (tool === 'shell:run' && typeof command === 'string') return command;
  if (tool === 'shell:run' && Array.isArray(args)) return args.join(' ');
  if (tool === 'http:request' && typeof url === 'string') {
    return typeof method === 'string' ? `${method} ${url}` : url;
  }
  return tool;
}
