import { useDeferredValue, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { useCommands, usePreferences, useSchedule, useSession } from '../../session-context.tsx';
import type { KnownFigures } from '../../stores/task-list/figures-store.ts';
import type { TaskListView } from '../../stores/task-list/list-view.ts';
import { listLines } from './arrange/list-lines.ts';
import type { ListLine } from './arrange/list-lines.ts';
import { matching, searchable } from './arrange/match-tasks.ts';
import { comparing, needsFigures } from './arrange/sort-tasks.ts';

export interface TaskList {
  readonly view: TaskListView;
  readonly lines: readonly ListLine[];
  /** The tasks that meet the filter, folded ones included. */
  readonly shown: readonly TaskView[];
  readonly total: number;
  readonly timings: ReadonlyMap<string, TimingView>;
  /** The names of all tasks by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** Returns the rows of the list, as the person arranged it. */
export function useTaskList(): TaskList {
  const tasks = useSchedule((schedule) => schedule.tasks);
  const timingList = useSchedule((schedule) => schedule.timings);
  const view = usePreferences((state) => state.taskList);
  const folded = usePreferences((state) => state.foldedGroups);
  const { by, sort } = view;
  // Typing stays fluid with many tasks: the list may follow a moment later.
  const filter = useDeferredValue(view.filter);
  const figures = useFiguresForSorting(view, tasks);
  const timings = useMemo(() => new Map(timingList.map((timing) => [timing.id, timing])), [timingList]);
  const names = useMemo(() => new Map(tasks.map(({ id, name }) => [id, name])), [tasks]);
  const texts = useMemo(() => searchable(tasks, timings), [tasks, timings]);
  const shown = useMemo(() => matching(texts, filter), [texts, filter]);
  const lines = useMemo(() => {
    const compare = comparing(sort, { timings, figures });
    return listLines(shown, { by, compare, isSorted: sort !== null, timings, folded });
  }, [shown, by, sort, timings, figures, folded]);
  return { view, lines, shown, total: tasks.length, timings, names };
}

const noFigures: ReadonlyMap<string, KnownFigures> = new Map();

/** Fetches the figures of all tasks while the list is sorted by them; otherwise only visible rows fetch theirs. */
function useFiguresForSorting({ sort }: TaskListView, tasks: readonly TaskView[]): ReadonlyMap<string, KnownFigures> {
  const { stores } = useSession();
  const { figures } = useCommands();
  const isNeeded = needsFigures(sort);
  const known = useStore(stores.figures, (state) => (isNeeded ? state.known : noFigures));
  useEffect(() => {
    if (isNeeded) void figures.fetch(tasks, false);
  }, [figures, isNeeded, tasks]);
  return known;
}
