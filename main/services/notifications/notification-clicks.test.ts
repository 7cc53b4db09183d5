import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import type { NotificationAction } from '../../ports/desktop.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { notificationClicks } from './notification-clicks.ts';

let application: MemoryApplication;
let taskId: string;
let told: { shown: unknown[]; refused: string[]; ran: string[] };
beforeEach(async () => {
  application = memoryApplication();
  const tasks = await application.tasks();
  const schedule = { schedule: '0 9 * * *', timezone: 'UTC' };
  taskId = (
    await tasks.create({ name: 'Backup', ...schedule, tool: 'shell:run', parameters: { command: 'true' } }, 'test')
  ).task.id;
  told = { shown: [], refused: [], ran: [] };
});
afterEach(() => application.dispose());

async function choose(action: NotificationAction | null, taskIds = [taskId]): Promise<void> {
  const tasks = await application.tasks();
  const runTask = (id: string) => {
    if (id !== taskId) throw new SchedulerError('task/not-found', `No task ${id}.`);
    told.ran.push(id);
    return Promise.resolve({ executionId: 'e1' } as Execution);
  };
  await notificationClicks({
    tasks: tasks,
    start: async (id) => runTask(id),
    ledger: application.ledger,
    clock: application.clock,
    show: (target) => void told.shown.push(target),
    refuse: (message) => void told.refused.push(message),
  })({ target: { view: 'execution', executionId: 'e0' }, taskIds, action });
}

const lastAudit = () => application.ledger.auditTrail(taskId).at(-1);
const task = () => application.store.read().tasks[taskId];

describe('a notification', () => {
  it('opens its target when it is clicked', async () => {
    await choose(null);
    expect(told.shown).toEqual([{ view: 'execution', executionId: 'e0' }]);
  });

  it('re-runs the task and records who asked', async () => {
    await choose('rerun');
    expect(told.ran).toEqual([taskId]);
    expect(lastAudit()).toMatchObject({ author: 'notification', action: 'task.trigger', after: { executionId: 'e1' } });
  });

  it('snoozes the task for an hour', async () => {
    await choose('snooze');
    const until = new Date(application.clock.now() + 3_600_000).toISOString();
    expect(task()).toMatchObject({ status: 'paused', pausedUntil: until });
    expect(lastAudit()).toMatchObject({ author: 'notification', action: 'task.pause' });
  });

  it('pauses and resumes the task', async () => {
    await choose('pause');
    expect(task()).toMatchObject({ status: 'paused' });
    expect(task()?.pausedUntil).toBeUndefined();
    await choose('resume');
    expect(task()).toMatchObject({ status: 'active' });
    expect(lastAudit()).toMatchObject({ author: 'notification', action: 'task.resume' });
  });

  it('reports what failed and does the rest', async () => {
    await choose('rerun', ['gone', taskId]);
    expect(told.refused).toEqual(['No task gone.']);
    expect(told.ran).toEqual([taskId]);
  });
});
