import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication } from '../../../testing/memory-application.ts';
import type { MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);

describe('recipes', () => {
  it('are listed with what they do, what they need and their fields', async () => {
    const { recipes } = await ok('recipes list');
    expect(recipes.map(({ name }) => name)).toContain('restic-backup');
    const { stdout } = await runLine(application, ['recipes', 'list']);
    expect(stdout).toContain('rotate-logs  Compress and delete old logs');
    expect(stdout).toContain('--set days=…');
  });

  it('on Windows are those that need no POSIX shell', async () => {
    const { stdout } = await runLine(application, ['recipes', 'list'], { platform: 'win32' });
    expect(stdout).toContain('ping-url');
    expect(stdout).not.toContain('rsync');
  });

  it('make a task with a schedule, a time limit and what success is', async () => {
    const { task, nextRuns } = await ok(
      'recipes create',
      'ping-url',
      '--set',
      'url=https://a.test/?x=1',
      '--set',
      'text=a=b',
    );
    expect(task).toMatchObject({
      name: 'Check a.test',
      tool: 'http:request',
      parameters: { url: 'https://a.test/?x=1' },
      policies: { timeoutMs: 30_000, retries: { count: 2 }, success: [{ check: 'contains', text: 'a=b' }] },
    });
    expect(nextRuns).toHaveLength(5);
  });

  it('take another name and schedule', async () => {
    const more = ['--name', 'Shop', '--schedule', 'every hour', '--paused'];
    const { task } = await ok('recipes create', 'ping-url', '--set', 'url=https://a.test', ...more);
    expect(task).toMatchObject({ name: 'Shop', cronExpression: '0 * * * *', status: 'paused' });
  });

  it('warn about a secret that is missing', async () => {
    const set = ['--set', 'folder=/srv', '--set', 'repository=/mnt/b'];
    const { warnings } = await ok('recipes create', 'restic-backup', ...set);
    expect(warnings.join(' ')).toContain('RESTIC_PASSWORD');
  });

  it.each([
    [['nothing'], 'usage/invalid-option', 'Expected one of restic-backup, '],
    [['ping-url'], 'usage/invalid-value', 'ping-url: URL is missing, for example https://example.org.'],
    [['ping-url', '--set', 'https://a.test'], 'usage/invalid-option', 'Expected FIELD=VALUE'],
    [['ping-url', '--set', 'link=https://a.test'], 'usage/invalid-value', 'The recipe has no field "link".'],
  ])('%j is refused with what would be right', async (argv, code, message) => {
    const { error } = await fails('recipes', 'create', ...argv);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(application.store.read().tasks).toEqual({});
  });
});
