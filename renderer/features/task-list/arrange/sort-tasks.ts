import type { TaskView, TimingView } from '../../../../main/contract/task.ts';
import type { KnownFigures } from '../../../stores/task-list/figures-store.ts';
import type { Sort, SortColumn } from '../../../stores/task-list/list-view.ts';
import { isFailure } from '../../../ui/failure.ts';

/** What the list knows about tasks besides the tasks themselves. */
export interface ListFacts {
  readonly timings: ReadonlyMap<string, TimingView>;
  readonly figures: ReadonlyMap<string, KnownFigures>;
}

export type Compare = (a: TaskView, b: TaskView) => number;

/** The columns whose order needs the runs of all tasks, not only of the visible ones. */
export const needsFigures = (sort: Sort | null): boolean => sort?.column === 'usual' || sort?.column === 'success';

/** Returns the order of tasks. Tasks without a value come last in both directions; equal ones are in order of name. */
export function comparing(sort: Sort | null, facts: ListFacts): Compare {
  // One collator for all comparisons: `localeCompare` would look up the locale for each of them.
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const byName: Compare = (a, b) => compare(a.name, b.name);
  if (sort === null) return byName;
  const sign = sort.isReversed ? -1 : 1;
  const { column } = sort;
  if (column === 'name') return (a, b) => sign * byName(a, b);
  const valueOf = (task: TaskView) => value(task, column, facts);
  return (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b);
    return sign * (left - right) || byName(a, b);
  };
}

/** Smaller values come first: failing tasks, the latest run, the soonest run, the longest duration, the lowest rate. */
function value(task: TaskView, column: Exclude<SortColumn, 'name'>, { timings, figures }: ListFacts): number | null {
  switch (column) {
    case 'status':
      return urgency(task);
    case 'last':
      return task.lastExecutionAt === undefined ? null : -Date.parse(task.lastExecutionAt);
    case 'next':
      return nextOf(task, timings);
    case 'usual':
      return negative(figures.get(task.id)?.usualMs ?? null);
    case 'success':
      return figures.get(task.id)?.successRate ?? null;
  }
}

const negative = (number: number | null): number | null => (number === null ? null : -number);

export function nextOf(task: TaskView, timings: ReadonlyMap<string, TimingView>): number | null {
  const next = task.status === 'active' ? timings.get(task.timingId)?.nextExecutionAt : undefined;
  return next === undefined ? null : Date.parse(next);
}

/** The more a task needs a person, the smaller the number. */
function urgency(task: TaskView): number {
  if (task.status === 'error' || isFailure(task.lastStatus)) return 0;
  if ((task.attention ?? []).length > 0) return 1;
  if (task.lastDoubtful === true) return 2;
  if (task.running > 0) return 3;
  if (task.status === 'active') return 4;
  return task.status === 'paused' ? 5 : 6;
}
