import type { TaskView, TimingView } from '../../../../main/contract/task.ts';
import type { Grouping } from '../../../stores/task-list/list-view.ts';
import { inChains } from './chains.ts';
import { nextOf, type Compare } from './sort-tasks.ts';

/** Tasks that the list shows under one heading. */
export interface Section {
  /** Unique, and the same at the next start: it names a folded section. */
  readonly key: string;
  /** The schedule, tag, tool or folder; null for tasks that have none. */
  readonly label: string | null;
  readonly by: Exclude<Grouping, 'none'>;
  /** The group, if the list is by schedule. */
  readonly timing: TimingView | null;
  readonly tasks: readonly TaskView[];
  readonly isFolded: boolean;
}

/** One row of the list. A task may have several, because it may have several tags. */
export type ListLine =
  | { readonly kind: 'section'; readonly key: string; readonly section: Section }
  | {
      readonly kind: 'task';
      readonly key: string;
      readonly task: TaskView;
      readonly section: Section | null;
      /** How far it is indented: a task is drawn beneath the one that it runs after. */
      readonly depth: number;
    };

export interface LineOptions {
  readonly by: Grouping;
  readonly compare: Compare;
  /** True if the person chose an order: sections then follow their first task. */
  readonly isSorted: boolean;
  readonly timings: ReadonlyMap<string, TimingView>;
  /** Keys of folded sections. */
  readonly folded: readonly string[];
}

/** Returns the rows of the list, in order: each section with its tasks, or only tasks. */
export function listLines(tasks: readonly TaskView[], options: LineOptions): ListLine[] {
  const sorted = tasks.toSorted(options.compare);
  const { by } = options;
  // The order that a person chose wins over the order of chains.
  const linked = (listed: readonly TaskView[]) =>
    options.isSorted ? listed.map((task) => ({ task, depth: 0 })) : inChains(listed);
  if (by === 'none') {
    return linked(sorted).map(({ task, depth }) => ({ kind: 'task', key: task.id, task, depth, section: null }));
  }
  return sections(sorted, { ...options, by }).flatMap((section): ListLine[] => [
    { kind: 'section', key: section.key, section },
    ...(section.isFolded
      ? []
      : linked(section.tasks).map(({ task, depth }) => {
          const key = `${section.key}/${task.id}`;
          return { kind: 'task' as const, key, task, depth, section };
        })),
  ]);
}

type SectionOptions = LineOptions & { readonly by: Section['by'] };

function sections(sorted: readonly TaskView[], options: SectionOptions): Section[] {
  const { by, timings, folded, isSorted } = options;
  const found = new Map<string | null, TaskView[]>();
  for (const task of sorted) {
    for (const value of valuesOf(task, by)) {
      const own = found.get(value);
      if (own) own.push(task);
      else found.set(value, [task]);
    }
  }
  const all = [...found].map(([value, tasks]): Section => {
    const timing = by === 'schedule' && value !== null ? (timings.get(value) ?? null) : null;
    // The ids of groups alone, as older versions of the window stored them.
    const key = by === 'schedule' ? (value ?? '') : `${by}:${value ?? ''}`;
    return { key, by, timing, tasks, label: timing?.sentence ?? value, isFolded: folded.includes(key) };
  });
  // Sorted tasks are found in their order, so the sections follow their first task already.
  return isSorted ? all : all.sort(usualOrder(options));
}

function valuesOf(task: TaskView, by: Section['by']): readonly (string | null)[] {
  switch (by) {
    case 'schedule':
      return [task.timingId];
    case 'tag':
      return task.tags === undefined || task.tags.length === 0 ? [null] : [...new Set(task.tags)];
    case 'tool':
      return [task.tool];
    case 'folder':
      return [task.workingDirectory ?? null];
  }
}

/** By schedule, the group that runs next comes first; otherwise by label, and tasks that have none last. */
function usualOrder({ by, timings }: SectionOptions): (a: Section, b: Section) => number {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const byLabel = (a: Section, b: Section) =>
    Number(a.label === null) - Number(b.label === null) || compare(a.label ?? '', b.label ?? '');
  if (by !== 'schedule') return byLabel;
  const next = (section: Section) =>
    Math.min(...section.tasks.map((task) => nextOf(task, timings) ?? Number.MAX_SAFE_INTEGER));
  const known = new Map<Section, number>();
  const nextOnce = (section: Section) => {
    const value = known.get(section) ?? next(section);
    known.set(section, value);
    return value;
  };
  return (a, b) => nextOnce(a) - nextOnce(b) || byLabel(a, b);
}
