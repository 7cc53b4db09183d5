import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);
const command = (line: string) => ['--params', JSON.stringify({ command: line })];

describe('update --test-run', () => {
  it('changes a task only if the changed task runs successfully', async () => {
    const { task } = await create('Backup', 'true');
    const { testRun, task: after } = await ok('update', 'Backup', ...command('print new'), '--test-run');
    expect(testRun).toMatchObject({
      taskId: task.id,
      status: 'success',
      trigger: 'test',
      parameters: { command: 'print new' },
    });
    expect(after.parameters).toEqual({ command: 'print new' });
  });

  it('changes nothing if that run fails', async () => {
    const { task } = await create('Backup', 'true');
    const failed = await fails('update', 'Backup', ...command('false'), '--schedule', 'hourly', '--test-run');
    expect(failed).toMatchObject({ code: 1, error: { code: 'execution/test-run-failed' } });
    expect((await ok('get', 'Backup')).task).toMatchObject({
      parameters: { command: 'true' },
      timingId: task.timingId,
    });
    expect((await ok('history')).changes.map(({ kind }) => kind)).toEqual(['created']);
    // The run itself is kept, so that its log says why.
    expect((await ok('runs', '--trigger', 'test')).executions).toMatchObject([{ status: 'failure' }]);
  });

  it('runs nothing for a change that is refused', async () => {
    await create('Backup', 'true');
    const failed = await fails('update', 'Backup', '--schedule', 'now and then', '--test-run');
    expect(failed).toMatchObject({ code: 2, error: { code: 'schedule/not-understood' } });
    expect((await ok('runs')).total).toBe(0);
  });

  it('runs in the primary if there is one', async () => {
    const { task } = await create('Backup', 'true');
    const asked: unknown[] = [];
    const { execution } = await ok('trigger', 'Backup');
    application.setPrimary({
      primary: { pid: 1, version: '1.2.3' },
      call: (method, params) => {
        asked.push({ method, params });
        return Promise.resolve({ execution } as never);
      },
      lost: false,
      close: () => undefined,
    });
    await ok('update', 'Backup', ...command('print new'), '--test-run');
    expect(asked).toContainEqual({
      method: 'task.test',
      params: { draft: expect.objectContaining({ taskId: task.id, parameters: { command: 'print new' } }) as unknown },
    });
  });
});
