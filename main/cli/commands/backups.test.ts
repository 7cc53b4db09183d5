import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);
const names = async (): Promise<string[]> => (await ok('list')).tasks.map(({ name }) => name);

describe('backups', () => {
  it('shows what restoring each backup would change', async () => {
    await create('One');
    await create('Two');
    await ok('update', 'One', '--description', 'changed');
    await ok('delete', 'Two');
    const { backups } = await ok('backups');
    expect(backups.map(({ tasks }) => tasks)).toEqual([1, 2, 2, 1]);
    expect(backups[0]?.changes).toEqual([]);
    expect(backups[2]?.changes).toMatchObject([
      { kind: 'changed', taskName: 'One', differences: [{ field: 'description', before: 'changed', after: null }] },
      { kind: 'created', taskName: 'Two' },
    ]);
    expect((await runLine(application, ['backups'])).stdout).toContain('1 task restored, 1 task changed');
  });
});

describe('restore', () => {
  it('restores the tasks of a backup and their entries, as one batch that can be undone', async () => {
    await create('One');
    await create('Two', 'true', '--paused');
    await ok('delete', 'One');
    await ok('update', 'Two', '--name', 'Second');
    const planned = await ok('restore', 'schedule.json.backup-3', '--dry-run');
    expect(planned).toMatchObject({ kept: null, batch: null });
    expect(await names()).toEqual(['Second']);
    const { stdout } = await runLine(application, ['restore', 'schedule.json.backup-3', '--dry-run']);
    expect(stdout).toContain('Dry run: 1 task restored, 1 task changed.');
    expect([...application.os.installed.keys()]).toEqual([]);
    const done = await ok('restore', 'schedule.json.backup-3');
    expect(done.changes).toEqual(planned.changes);
    expect(await names()).toEqual(['One', 'Two']);
    expect([...application.os.installed.keys()]).toEqual(['weekdays-9am']);
    expect((await ok('history', '--batch', done.batch ?? '')).changes).toHaveLength(2);
    await ok('undo');
    expect(await names()).toEqual(['Second']);
  });

  it('lists the backups if there is none of that name', async () => {
    await create('One');
    expect((await fails('restore', 'schedule.json.backup-9')).error).toMatchObject({
      code: 'store/no-backup',
      message: expect.stringContaining('schedule.json.backup-1') as unknown,
    });
  });
});
