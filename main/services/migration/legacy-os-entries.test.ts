import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { cliFor } from '../../testing/cli-harness.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);

const legacy = (timingId: string): OsEntry => {
  return { timingId, kind: 'systemd', state: 'legacy', key: null, path: `/old/${timingId}` };
};
const left = (): string[] => application.os.others.map(({ timingId }) => timingId);

describe("ncp's entries in the OS scheduler", () => {
  it('are listed by migrate and os list, and left where they are', async () => {
    application.os.others.push(legacy('job-001'));
    expect((await ok('migrate')).osEntries).toEqual([legacy('job-001')]);
    expect((await ok('os list')).entries).toEqual([legacy('job-001')]);
    expect(left()).toEqual(['job-001']);
  });

  it('are replaced on request: those of migrated tasks and of ncp itself are removed, after ours were installed', async () => {
    const { task } = await create('Backup', 'true', '--no-os');
    application.os.others.push(
      legacy(task.id),
      legacy('weekdays-9am'),
      legacy('__ncp_automatic_cleanup__'),
      legacy('job-of-nobody'),
    );
    const { replacement, osEntries } = await ok('migrate', '--replace-os-entries');
    expect(application.os.installed.size).toBe(1);
    expect(replacement?.replaced.map(({ timingId, change }) => [timingId, change])).toEqual([
      [task.id, 'removed'],
      ['weekdays-9am', 'removed'],
      ['__ncp_automatic_cleanup__', 'removed'],
    ]);
    expect(replacement?.kept).toMatchObject([{ entry: { timingId: 'job-of-nobody' } }]);
    expect(osEntries).toEqual([legacy('job-of-nobody')]);
  });

  it('stay when ours cannot be installed', async () => {
    const { task } = await create('Backup', 'true', '--no-os');
    application.os.others.push(legacy(task.id));
    application.os.refuse('the disk is full');
    const { code, error } = await fails('migrate', '--replace-os-entries');
    expect(code).toBe(5);
    expect(error).toMatchObject({
      code: 'os/refused',
      message: expect.stringContaining('the disk is full') as unknown,
    });
    expect(left()).toEqual([task.id]);
  });

  it('are not replaced if there are none', async () => {
    expect((await ok('migrate', '--replace-os-entries')).replacement).toEqual({ replaced: [], kept: [] });
    expect((await fails('migrate', '--replace-os-entries', '--dry-run')).error.code).toBe('usage/migrate');
  });
});
