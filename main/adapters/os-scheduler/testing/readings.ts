import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import type { SchedulerReading, ReadTask } from '../../../ports/import-files.ts';

/** A reading on a machine of `kim` in Berlin. */
export const context = {
  nowMs: Date.parse('2026-11-25T12:00:00Z'),
  timezone: 'Europe/Berlin',
  homeDir: '/home/kim',
  username: 'kim',
};
/** AI agents without schedules of their own. */
export const noAgents = (): Promise<SchedulerReading> =>
  Promise.resolve({ kind: 'agents', tasks: [], refused: [], notes: [] });
/** Returns the keys of a task's schedules. */
export const keys = ({ schedules }: ReadTask) => schedules.map(scheduleKey);
/** Returns what was refused, each with its reason. */
export const reasons = ({ refused }: SchedulerReading) =>
  refused.map(({ source, reason }) => `${source}: ${reason}`).join('\n');
/** Returns the only task. @throws Error if there is another number of tasks */
export const only = ({ tasks, refused }: SchedulerReading): ReadTask => {
  const [task, second] = tasks;
  if (task === undefined || second !== undefined)
    throw new Error(`not one task: ${JSON.stringify({ tasks, refused })}`);
  return task;
};
