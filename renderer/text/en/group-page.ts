const tasksOf = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);

/** Texts of the page of a group. */
export const groupPage = {
  open: 'Open the page of the group',
  gone: 'This group no longer exists',
  goneHint: 'Its last task was deleted or has another schedule.',
  list: 'Tasks of this group',
  showAll: (count: number) => `Show all ${count} tasks`,
  tasks: tasksOf,
  run: (count: number) => (count > 1 ? `Run ${tasksOf(count)}` : 'Run now'),
  runHint: 'Starts each active task of this group now.',
  pause: (count: number) => (count > 1 ? `Pause ${tasksOf(count)}` : 'Pause'),
  resume: (count: number) => (count > 1 ? `Resume ${tasksOf(count)}` : 'Resume'),
  stripOf: (name: string) => `Latest runs of ${name}`,
} as const;
