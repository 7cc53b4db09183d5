import { useMemo, useState } from 'react';
import type { TaskView } from '../../../main/contract/task.ts';
import type { ListLine } from './arrange/list-lines.ts';
import { extended, idsOf, noSelection, toggled, within } from './arrange/selection.ts';
import type { Selection } from './arrange/selection.ts';
import type { TaskList } from './use-task-list.ts';

/** Where a person is in the list, and what they chose. */
export interface ListState {
  /** The row that the keyboard is on; -1 if there is none. */
  readonly activeIndex: number;
  readonly active: ListLine | undefined;
  readonly selection: Selection;
  readonly isPeeking: boolean;
  /** The tasks that a command applies to: the chosen ones, or else what the active row stands for. */
  readonly targets: readonly TaskView[];
  readonly activate: (index: number) => void;
  readonly toggle: (line: ListLine) => void;
  /** Chooses every task from the last row that was chosen to this one. */
  readonly extendTo: (index: number) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
  readonly setPeeking: (isPeeking: boolean) => void;
}

interface Place {
  /** Key of the active row. */
  readonly key: string | null;
  /** Where it was, for the moment when it is gone. */
  readonly index: number;
}

export function useListState({ lines, shown }: Pick<TaskList, 'lines' | 'shown'>): ListState {
  const [place, setPlace] = useState<Place>({ key: null, index: 0 });
  const [chosen, setChosen] = useState<Selection>(noSelection);
  const [anchor, setAnchor] = useState(0);
  const [isPeeking, setPeeking] = useState(false);
  const activeIndex = useMemo(() => indexOf(lines, place), [lines, place]);
  const shownIds = useMemo(() => new Set(shown.map(({ id }) => id)), [shown]);
  const selection = useMemo(() => within(chosen, shownIds), [chosen, shownIds]);
  const active = lines[activeIndex];
  const targets = useMemo(() => targetsOf(selection, active, shown), [selection, active, shown]);
  const activate = (index: number) => setPlace({ key: lines[index]?.key ?? null, index });
  return {
    ...{ activeIndex, active, selection, isPeeking, targets, activate, setPeeking },
    toggle: (line) => {
      setAnchor(lines.indexOf(line));
      setChosen(toggled(selection, line));
    },
    extendTo: (index) => {
      setChosen(extended(selection, lines, selection.size === 0 ? activeIndex : anchor, index));
      if (selection.size === 0) setAnchor(activeIndex);
    },
    selectAll: () => setChosen(shownIds),
    clear: () => setChosen(noSelection),
  };
}

/** A row that is gone leaves its place to the one that is there now. */
function indexOf(lines: readonly ListLine[], { key, index }: Place): number {
  if (key === null) return Math.min(index, lines.length - 1);
  if (lines[index]?.key === key) return index;
  const found = lines.findIndex((line) => line.key === key);
  return found === -1 ? Math.min(index, lines.length - 1) : found;
}

function targetsOf(selection: Selection, active: ListLine | undefined, shown: readonly TaskView[]): TaskView[] {
  const ids = selection.size > 0 ? selection : new Set(active === undefined ? [] : idsOf(active));
  return ids.size === 0 ? [] : shown.filter(({ id }) => ids.has(id));
}
