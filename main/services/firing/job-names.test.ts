import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';
import type { JobOperations } from '../../application/operations.ts';

let application: MemoryApplication;
let scheduler: JobOperations;
beforeEach(async () => {
  application = memoryApplication();
  scheduler = await application.jobs('old program');
});
afterEach(() => application.dispose());

const backup = { name: 'Backup', schedule: '0 9 * * *', tool: 'shell:run', parameters: { command: 'true' } };

it('keeps the old job methods working, on the same tasks', async () => {
  const { id } = await scheduler.createJob({ ...backup, maxExecutions: 3 });
  expect(await scheduler.getJob(id)).toMatchObject({ name: 'Backup', maxExecutions: 3, timingId: 'daily-9am' });
  expect(await scheduler.getJob('Backup')).toMatchObject({ id });
  expect(await scheduler.updateJob(id, { schedule: '30 9 * * *' })).toMatchObject({ cronExpression: '30 9 * * *' });
  expect((await scheduler.pauseJob(id)).status).toBe('paused');
  expect(scheduler.listJobs('active')).toEqual([]);
  expect((await scheduler.resumeJob(id)).status).toBe('active');
  expect(await scheduler.executeJob('Backup')).toMatchObject({ status: 'success', trigger: 'manual' });
  expect(scheduler.listJobs()).toMatchObject([{ id, executionCount: 1 }]);
  expect((await scheduler.deleteJob(id)).id).toBe(id);
  expect(await scheduler.getJob(id)).toBeNull();
  await expect(scheduler.deleteJob(id)).rejects.toMatchObject({ code: 'task/not-found' });
});

it('checks tools like tasks do, unless the check is turned off', async () => {
  const away = { ...backup, tool: 'silent:tool', parameters: {} };
  await expect(scheduler.createJob(away)).rejects.toMatchObject({ code: 'task/tool-unverified' });
  expect(await scheduler.createJob({ ...away, skipValidation: true })).toMatchObject({ status: 'active' });
});
