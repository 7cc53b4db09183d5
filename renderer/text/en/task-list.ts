import type { Grouping, SortColumn, StatusFilter } from '../../stores/task-list/list-view.ts';
import { formatShare } from '../format.ts';
import { settings } from './settings.ts';

const tasksOf = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);

const groupings: Readonly<Record<Grouping, string>> = {
  schedule: 'By schedule',
  tag: 'By tag',
  tool: 'By tool',
  folder: 'By folder',
  none: 'Flat list',
};

const statuses: Readonly<Record<StatusFilter, string>> = {
  failing: 'Failing',
  late: 'Late',
  active: 'Active',
  paused: 'Paused',
  never: 'Never ran',
  completed: 'Completed',
};

const columns: Readonly<Record<SortColumn, string>> = {
  status: 'Status',
  name: 'Name',
  last: 'Last run',
  next: 'Next run',
  usual: 'Usual',
  success: 'Success',
};

/** Texts of the list of tasks. */
export const taskList = {
  table: 'Tasks',
  groupings,
  arrange: 'Arrange tasks',
  statuses,
  columns,
  columnHints: {
    usual: 'Usual duration: the median of the last 20 runs that succeeded',
    success: 'Share of the last 20 runs that succeeded',
  },
  lastRuns: 'Last 20 runs',
  select: 'Select',
  actions: 'Actions',
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
  addStatus: 'Status',
  addTag: 'Tag',
  addTool: 'Tool',
  filters: 'Filters',
  removeFilter: (name: string) => `Remove the filter ${name}`,
  clearFilters: 'Clear all',
  words: (words: string) => `“${words}”`,
  count: (shown: number, all: number) => (shown === all ? tasksOf(all) : `${shown} of ${tasksOf(all)}`),
  noTag: 'No tag',
  noFolder: 'No working directory',
  sectionOf: (label: string, count: number) => `${label}, ${tasksOf(count)}`,
  selectTask: (name: string) => `Select ${name}`,
  filterByTag: (tag: string) => `Show tasks with the tag ${tag}`,
  noRuns: 'no runs',
  strip: (good: number, bad: number, all: number) =>
    `${all === 1 ? 'Last run' : `Last ${all} runs`}: ${good} succeeded, ${bad} failed`,
  unknown: '–',
  share: formatShare,
  views: {
    region: 'Saved views',
    save: 'Save view…',
    title: 'Save this view',
    name: 'Name',
    hint: 'Keeps the arrangement, the order and the filters under a name.',
    remove: (name: string) => `Delete the view ${name}`,
    removed: (name: string) => `The view “${name}” was deleted.`,
  },
  group: {
    run: (label: string) => `Run all tasks of ${label}`,
    pause: (label: string) => `Pause all tasks of ${label}`,
    resume: (label: string) => `Resume all tasks of ${label}`,
    more: (label: string) => `More actions for ${label}`,
    runMenu: 'Run all',
    pauseMenu: 'Pause all',
    resumeMenu: 'Resume all',
    selectMenu: 'Select all',
  },
} as const;

const named = (count: number, name: string): string => (count === 1 ? `“${name}”` : tasksOf(count));

/** Texts of changes to one or many tasks. */
export const bulk = {
  bar: 'Selected tasks',
  selected: (count: number) => `${tasksOf(count)} selected`,
  clear: 'Clear selection',
  run: 'Run',
  pause: 'Pause',
  resume: 'Resume',
  skip: 'Skip next run',
  tag: 'Tag…',
  move: 'Move…',
  export: 'Export…',
  delete: 'Delete',
  paused: (count: number, name: string) => `${named(count, name)} paused.`,
  resumed: (count: number, name: string) => `${named(count, name)} resumed.`,
  skipped: (count: number, name: string) => `The next run of ${named(count, name)} is skipped.`,
  deleted: (count: number, name: string) => `${named(count, name)} deleted.`,
  tagged: (count: number, name: string) => `Tags of ${named(count, name)} changed.`,
  moved: (count: number, name: string) => `${named(count, name)} moved to another schedule.`,
  started: (count: number, name: string) => `${named(count, name)} started.`,
  nothing: 'Nothing to change.',
  refused: (count: number, first: string) =>
    count === 1 ? first : `${tasksOf(count)} could not be changed. The first: ${first}`,
  notStarted: (count: number, first: string) =>
    count === 1 ? first : `${tasksOf(count)} did not start. The first: ${first}`,
  runTitle: (count: number) => `Run ${tasksOf(count)} now?`,
  runHint: `“${settings.concurrency}” in Settings limits how many run at once. The others wait in a queue.`,
  runButton: (count: number) => `Run ${tasksOf(count)}`,
  moveTitle: (count: number) => `Move ${tasksOf(count)}`,
  moveHint: 'They get the schedule of this group. Groups that become empty are removed.',
  tagTitle: (count: number) => `Tags of ${tasksOf(count)}`,
  addTags: 'Add tags',
  removeTags: 'Remove tags',
  apply: 'Apply',
} as const;

/** Texts of the panel that shows one task beside the list. */
export const peek = {
  region: (name: string) => `Details of ${name}`,
  close: 'Close details',
  open: 'Open',
  showLog: 'Show log',
  schedule: 'Schedule',
  next: 'Next run',
  last: 'Last run',
  usual: 'Usual duration',
  success: 'Success rate',
  runs: 'Runs so far',
  folder: 'Working directory',
  log: 'End of the last log',
  noLog: 'No output.',
} as const;

/** Texts of the field for tags. */
export const tags = {
  label: 'Tags',
  hint: 'Enter or a comma adds a tag.',
  remove: (tag: string) => `Remove the tag ${tag}`,
} as const;
