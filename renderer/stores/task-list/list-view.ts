/** What the sections of the task list have in common. */
export const groupings = ['schedule', 'tag', 'tool', 'folder', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export type SortColumn = 'status' | 'name' | 'last' | 'next' | 'usual' | 'success';

export interface Sort {
  column: SortColumn;
  isReversed: boolean;
}

export const statusFilters = ['failing', 'late', 'active', 'paused', 'never', 'completed'] as const;
export type StatusFilter = (typeof statusFilters)[number];

/** Which tasks the list shows. An empty list of a kind does not filter. */
export interface ListFilter {
  words: string;
  /** Tasks with any of these. */
  statuses: readonly StatusFilter[];
  /** Tasks with all of these. */
  tags: readonly string[];
  /** Tasks with any of these. */
  tools: readonly string[];
}

/** How the task list is arranged; kept across restarts. */
export interface TaskListView {
  by: Grouping;
  /** Null: groups in the order of their next run, tasks by name. */
  sort: Sort | null;
  filter: ListFilter;
}

export interface SavedView {
  name: string;
  view: TaskListView;
}

export const noFilter: ListFilter = { words: '', statuses: [], tags: [], tools: [] };
export const firstView: TaskListView = { by: 'schedule', sort: null, filter: noFilter };

export const hasFilter = ({ words, statuses, tags, tools }: ListFilter): boolean =>
  words.trim() !== '' || statuses.length + tags.length + tools.length > 0;

export const isSameView = (a: TaskListView, b: TaskListView): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Returns the views with this one; one of the same name is replaced in its place. */
export function withView(views: readonly SavedView[], saved: SavedView): SavedView[] {
  const at = views.findIndex(({ name }) => name === saved.name);
  return at === -1 ? [...views, saved] : views.map((each, index) => (index === at ? saved : each));
}
