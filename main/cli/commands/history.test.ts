import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { ncpFixtureDir } from '../../testing/migration-fixture.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);
const names = async (): Promise<string[]> => (await ok('list')).tasks.map(({ name }) => name);

describe('history', () => {
  it('describes every change in words', async () => {
    await create('Backup');
    await ok('update', 'Backup', '--schedule', 'every 5 minutes', '--description', 'often');
    await ok('delete', 'Backup');
    const { stdout } = await runLine(application, ['history', 'Backup']);
    expect(
      stdout
        .split('\n')
        .slice(0, 4)
        .map((line) => line.replaceAll(/ {2,}/g, ' | ')),
    ).toEqual([
      'CHANGE | TIME | AUTHOR | TASK | WHAT',
      ' | 3 | 2026-11-23T12:00:00.000Z | cli | Backup | deleted',
      ' | 2 | 2026-11-23T12:00:00.000Z | cli | Backup | schedule: Weekdays at 9:00, UTC → Every 5 minutes, UTC; description: none → often',
      ' | 1 | 2026-11-23T12:00:00.000Z | cli | Backup | created',
    ]);
    await create('Other');
    await ok('update', 'Other', '--retries', '2');
    const [, latest] = (await runLine(application, ['history', 'Other'])).stdout.split('\n');
    expect(latest).toContain('policies.retries: none → count: 2');
    expect((await ok('history', '--author', 'window')).changes).toEqual([]);
    expect((await fails('history', 'Nobody')).code).toBe(3);
  });
});

describe('undo', () => {
  it('undoes the last change, and the one before it when called again', async () => {
    await create('Backup');
    await ok('update', 'Backup', '--name', 'Nightly');
    await ok('delete', 'Nightly');
    await ok('undo');
    expect(await names()).toEqual(['Nightly']);
    await ok('undo');
    expect(await names()).toEqual(['Backup']);
    await ok('undo');
    expect(await names()).toEqual([]);
    expect((await fails('undo')).error.code).toBe('history/nothing-to-undo');
  });

  it('undoes a change by its number, and everything by an author', async () => {
    await create('Backup');
    await create('Other');
    await ok('undo', '1');
    expect(await names()).toEqual(['Other']);
    expect((await ok('undo', '--author', 'cli', '--since', '1h')).undone).toEqual([2]);
    expect(await names()).toEqual([]);
  });

  it('refuses options that cannot be combined', async () => {
    expect((await fails('undo', '1', '--author', 'cli')).error.code).toBe('usage/undo');
    expect((await fails('undo', '--partial')).error.code).toBe('usage/undo');
    expect((await fails('undo', '9')).code).toBe(3);
  });
});

describe('migrate', () => {
  it('imports a directory of ncp, after a dry run if wanted', async () => {
    const dir = temporaryDir();
    cpSync(ncpFixtureDir, dir, { recursive: true });
    const planned = await ok('migrate', '--from', dir, '--dry-run');
    expect(planned.tasks).toHaveLength(100);
    expect(planned).toMatchObject({ backup: null, skipped: [] });
    expect(await names()).toEqual([]);
    const done = await ok('migrate', '--from', dir);
    expect(done.tasks).toHaveLength(100);
    expect(done.backup).toMatch(/jobs\.json\.backup-/);
    expect(existsSync(join(dir, 'jobs.json'))).toBe(false);
    expect(readdirSync(dir)).toContain(done.backup?.slice(dir.length + 1));
    expect(await names()).toHaveLength(100);
    expect(application.os.installed.size).toBeGreaterThan(10);
    expect(await ok('migrate', '--from', dir)).toMatchObject({ tasks: [], backup: null, added: 0 });
  });
});
