import type { ListLine } from './list-lines.ts';

/** The chosen tasks, by id. */
export type Selection = ReadonlySet<string>;

export const noSelection: Selection = new Set();

/** Returns the ids of the tasks that a row stands for: its task, or all tasks of its section. */
export const idsOf = (line: ListLine): string[] =>
  line.kind === 'task' ? [line.task.id] : line.section.tasks.map(({ id }) => id);

/** Adds what a row stands for, or removes it if all of it is chosen already. */
export function toggled(selection: Selection, line: ListLine): Selection {
  const ids = idsOf(line);
  const all = ids.every((id) => selection.has(id));
  const next = new Set(selection);
  for (const id of ids)
    if (all) next.delete(id);
    else next.add(id);
  return next;
}

/** Adds every task between two rows, both included. */
export function extended(selection: Selection, lines: readonly ListLine[], from: number, to: number): Selection {
  const between = lines.slice(Math.min(from, to), Math.max(from, to) + 1);
  return new Set([...selection, ...between.flatMap((line) => (line.kind === 'task' ? [line.task.id] : []))]);
}

/** Returns the selection without tasks that the list no longer shows, so that no change reaches what nobody sees. */
export function within(selection: Selection, shown: ReadonlySet<string>): Selection {
  const kept = [...selection].filter((id) => shown.has(id));
  return kept.length === selection.size ? selection : new Set(kept);
}
