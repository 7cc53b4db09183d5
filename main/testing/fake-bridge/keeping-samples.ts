import type { Backup } from '../../contract/backups.ts';
import type { FakeWorld } from './fake-world.ts';

/** A task with a past, as the history shows it. */
export function addChanges(world: FakeWorld): void {
  const [task] = world.tasks.values();
  if (task === undefined) return;
  const earlier = { ...task, cronExpression: '0 * * * *', description: 'every hour' };
  const at = (hoursAgo: number) => new Date(world.now() - hoursAgo * 3_600_000).toISOString();
  world.history.record('task.create', null, earlier, { author: 'migration', at: at(90) });
  world.history.record('task.update', earlier, task, { author: 'mcp:claude-desktop@1.2.0', at: at(30) });
  const paused = { ...task, status: 'paused' as const, pauseNote: 'the disk is full' };
  world.history.record('task.pause', task, paused, {
    at: at(4),
    obstacle: 'These fields were changed again since then: state.',
  });
  world.history.record('task.resume', paused, task, { author: 'cli', at: at(3) });
}

/** Two backups that can be restored and one that cannot be read. */
export function sampleBackups(world: FakeWorld): Backup[] {
  const savedAt = (minutesAgo: number) => new Date(world.now() - minutesAgo * 60_000).toISOString();
  const change = { taskId: 'task-0001', taskName: 'Back up the photos' };
  return [
    {
      name: 'schedule.json.backup-1',
      savedAt: savedAt(12),
      tasks: 9,
      changes: [
        { kind: 'created', ...change, differences: [] },
        {
          kind: 'changed',
          taskId: 'task-0002',
          taskName: 'Morning report',
          differences: [
            {
              field: 'schedule',
              before: { cronExpression: '0 9 * * *', timezone: 'Europe/Berlin' },
              after: { cronExpression: '0 8 * * 1-5', timezone: 'Europe/Berlin' },
            },
          ],
        },
      ],
    },
    {
      name: 'schedule.json.backup-2',
      savedAt: savedAt(95),
      tasks: 8,
      changes: [{ kind: 'deleted', ...change, differences: [] }],
    },
    { name: 'schedule.json.backup-3', savedAt: savedAt(3000), tasks: null, changes: [] },
  ];
}
