import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliFor } from '../../testing/cli-harness.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';

const theirs = '# Photos\n0 9 * * * backup photos\n\n*/5 * * * * ping\n@reboot start\n';
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
  application.outside.crontab.text = theirs;
});
afterEach(() => application.dispose());
const cli = cliFor(() => application);
const tasks = () => Object.values(application.store.read().tasks);
const move = ['--from-system', 'crontab', '--move'] as const;

it('comments the imported lines out, and activates the tasks', async () => {
  const { moved, changes, warnings } = await cli.ok('import', ...move, '--name', 'Photos=Back up photos');
  expect({ moved, warnings }).toEqual({ moved: 3, warnings: [] });
  expect(changes.map(({ name, action, paused }) => [name, action, paused])).toEqual([
    ['Back up photos', 'add', false],
    ['ping', 'add', false],
    ['start', 'add', false],
  ]);
  expect(tasks().map(({ name, status, pauseNote }) => ({ name, status, pauseNote }))).toEqual([
    { name: 'Back up photos', status: 'active', pauseNote: undefined },
    { name: 'ping', status: 'active', pauseNote: undefined },
    { name: 'start', status: 'active', pauseNote: undefined },
  ]);
  expect(application.outside.crontab.text).toMatch(
    /^# Photos\n# moved to NCP Scheduler \S+: 0 9 \* \* \* backup photos\n\n# moved to \S+ \S+ \S+: \*\/5 \* \* \* \* ping\n# moved to \S+ \S+ \S+: @reboot start\n$/,
  );
});

it('is undone as one: the tasks are gone, and the crontab is as it was', async () => {
  await cli.ok('import', ...move);
  const { refused } = await cli.ok('undo');
  expect(refused).toEqual([]);
  expect(tasks()).toEqual([]);
  expect(application.outside.crontab.text).toBe(theirs);
});

it('only shows with --dry-run what it would do', async () => {
  await cli.ok('import', ...move, '--dry-run');
  expect(tasks()).toEqual([]);
  expect(application.outside.crontab.text).toBe(theirs);
});

it('leaves a line in the crontab whose task is skipped', async () => {
  const { moved } = await cli.ok('import', ...move, '--decide', 'ping=skip');
  expect(moved).toBe(2);
  expect(application.outside.crontab.text).toContain('\n*/5 * * * * ping\n');
});

it('leaves the tasks paused if the crontab changed meanwhile, and does not touch it', async () => {
  const transfer = await application.transfer();
  const source = await transfer.installed('crontab');
  application.outside.crontab.text = `${theirs}0 4 * * * new\n`;
  const options = { policy: 'copy', decisions: {}, names: {}, settings: true, keepActive: false, move: true } as const;
  const { moved, warnings } = await transfer.apply(source, options, 'window');
  expect(moved).toBeNull();
  expect(warnings.join(' ')).toContain('The crontab changed since it was read');
  expect(tasks().map(({ status }) => status)).toEqual(['paused', 'paused', 'paused']);
  expect(application.outside.crontab.text).toBe(`${theirs}0 4 * * * new\n`);
});

it('says in the undo that a marked line is gone, and still removes the tasks', async () => {
  await cli.ok('import', ...move);
  application.outside.crontab.text = '0 4 * * * new\n';
  const { refused } = await cli.ok('undo');
  expect(refused).toMatchObject([{ message: expect.stringContaining('has no line marked') as string }]);
  expect(tasks()).toEqual([]);
  expect(application.outside.crontab.text).toBe('0 4 * * * new\n');
});

it('moves nothing but the crontab of this machine', async () => {
  expect(await cli.fails('import', '--from-system', 'systemd', '--move')).toMatchObject({
    error: { code: 'usage/cannot-move' },
  });
});
