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

describe('log', () => {
  it('prints the newest run of a task', async () => {
    await create('Backup', 'print done');
    await ok('trigger', 'Backup');
    const { execution } = await ok('trigger', 'Backup');
    expect((await ok('log', 'Backup')).executionId).toBe(execution.executionId);
    expect((await ok('log', execution.executionId)).executionId).toBe(execution.executionId);
  });

  it('says what is missing', async () => {
    await create('Backup', 'print done');
    expect((await fails('log', 'Backup')).error.message).toBe('The task "Backup" has not run yet.');
    expect((await fails('log', 'nothing')).error).toMatchObject({
      code: 'execution/not-found',
      message: 'There is no run and no task "nothing". `runs` lists the runs, `list` the tasks.',
    });
  });
});
