import type { TaskView, TimingView } from '../../../../main/contract/task.ts';
import type { ListFilter, StatusFilter } from '../../../stores/task-list/list-view.ts';
import { isFailure } from '../../../ui/failure.ts';
import { afterWords, linksOf } from '../../chains/links.ts';
import { taskSummary } from '../../groups/groups.ts';

/** A task with the text that a search looks through, which is built once for many key presses. */
export interface SearchableTask {
  readonly task: TaskView;
  readonly text: string;
}

export function searchable(tasks: readonly TaskView[], timings: ReadonlyMap<string, TimingView>): SearchableTask[] {
  const names = new Map(tasks.map(({ id, name }) => [id, name]));
  return tasks.map((task) => {
    const after = afterWords(linksOf(task), (id) => names.get(id));
    return { task, text: textOf(task, timings.get(task.timingId)?.sentence ?? '', after) };
  });
}

const textOf = (task: TaskView, sentence: string, after: string): string =>
  [
    task.name,
    task.description ?? '',
    task.tool,
    taskSummary(task),
    task.workingDirectory ?? '',
    sentence,
    after,
    ...(task.tags ?? []).map((tag) => `#${tag}`),
  ]
    .join(' ')
    .toLowerCase();

/** Returns the tasks that contain every word and meet every kind of filter. */
export function matching(tasks: readonly SearchableTask[], filter: ListFilter): TaskView[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return tasks
    .filter(({ task, text }) => words.every((word) => text.includes(word)) && meets(task, filter))
    .map(({ task }) => task);
}

function meets(task: TaskView, { statuses, tags, tools }: ListFilter): boolean {
  if (tools.length > 0 && !tools.includes(task.tool)) return false;
  if (!tags.every((tag) => task.tags?.includes(tag) === true)) return false;
  return statuses.length === 0 || statuses.some((status) => hasStatus(task, status));
}

function hasStatus(task: TaskView, status: StatusFilter): boolean {
  switch (status) {
    case 'failing':
      return task.status === 'error' || isFailure(task.lastStatus);
    case 'late':
      return task.attention?.some(({ kind }) => kind === 'late') === true;
    case 'never':
      return task.lastExecutionId === undefined && task.running === 0;
    default:
      return task.status === status;
  }
}

/** Returns every tag in use, most used first, and every tool. */
export function filterChoices(tasks: readonly TaskView[]): { tags: string[]; tools: string[] } {
  const tags = countsOf(tasks.flatMap((task) => task.tags ?? []));
  const tools = countsOf(tasks.map(({ tool }) => tool));
  return { tags, tools };
}

function countsOf(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([value]) => value);
}
