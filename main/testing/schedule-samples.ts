import type { ScheduleFile, Task, Timing } from '../contract/task.ts';

/** Returns an active shell task of the group `daily-9am` with the given changes. */
export function aTask(change: Partial<Task> = {}): Task {
  return {
    id: 't1',
    name: 'Daily backup',
    timingId: 'daily-9am',
    cronExpression: '0 9 * * *',
    timezone: 'UTC',
    tool: 'shell:run',
    parameters: { command: 'true' },
    createdAt: '2026-11-01T00:00:00.000Z',
    status: 'active',
    ...change,
  };
}

/** Returns the group `daily-9am` in UTC with the given changes. */
export function aTiming(change: Partial<Timing> = {}): Timing {
  return {
    id: 'daily-9am',
    name: 'Every day at 9:00',
    cronExpression: '0 9 * * *',
    timezone: 'UTC',
    taskIds: ['t1'],
    createdAt: '2026-11-01T00:00:00.000Z',
    ...change,
  };
}

/** Adds a task to the group `daily-9am`, and creates the group if it is missing. */
export function addTask(file: ScheduleFile, change: Partial<Task> & { id: string }): void {
  file.tasks[change.id] = aTask(change);
  const timing = (file.timings['daily-9am'] ??= aTiming({ taskIds: [] }));
  if (!timing.taskIds.includes(change.id)) timing.taskIds.push(change.id);
}
