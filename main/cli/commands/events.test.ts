import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliFor, runLine, shell } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok } = cliFor(() => application);
const text = async (...argv: string[]) => (await runLine(application, argv)).stdout.trim();
const create = ['create', '--name', 'Hello', ...shell('true')] as const;

it('a task at login is created, shown, listed, skipped and exported in words', async () => {
  expect(await text(...create, '--schedule', 'when I log in')).toContain('It runs at the next login.');
  expect(await text('get', 'Hello')).toMatch(/Schedule\s+At login\n/);
  expect(await text('next', 'at-login')).toBe('It runs at the next login.');
  expect(await text('parse', 'at login or @reboot')).toMatch(/^Means\s+At startup or at login\s*$/);
  expect(await text('skip-next', 'Hello')).toBe('Hello skips its next event.');
  const skipped = 'It skips its next event. After that, it runs at the next login.';
  expect([await text('next', 'Hello'), await text('next', 'at-login')]).toEqual([skipped, skipped]);
  expect(await text('get', 'Hello')).toMatch(/Skips\s+its next event\n[^]*It skips its next event\. After that/);
  expect(await text('list')).toMatch(/\n\nHello skips its next event\.$/);
  expect(await text('undo')).toContain('undo of 2: skipUntil: the next event → none');
  expect(await text('next', 'Hello')).toBe('It runs at the next login.');
  const { artifacts, notes } = await ok('os preview', '--event', 'login', '--kind', 'cron');
  expect([artifacts, notes]).toEqual([[], [expect.stringContaining('(cron) starts tasks at login')]]);
});

it('an entry that was started for an event runs its group once', async () => {
  await ok('create', ...create.slice(1), '--schedule', 'at startup or at login');
  application.clock.set('2026-11-23T13:00:00.000Z');
  application.outside.happened.latest.set('login', { id: 'one', sinceMs: application.clock.now() });
  const fire = ['at-startup-or-at-login', '--event', 'login'] as const;
  expect((await ok('_timing-run', ...fire)).executions).toHaveLength(1);
  application.clock.advance(5000);
  expect((await ok('_timing-run', ...fire)).executions).toEqual([]);
});
