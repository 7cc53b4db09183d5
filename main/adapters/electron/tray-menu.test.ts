import type { MenuItemConstructorOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import type { TrayState } from '../../ports/desktop.ts';
import { tooltipOf, trayMenu } from './tray-menu.ts';

const at = new Date();
at.setHours(9, 5, 0, 0);
const time = '9:05';
const quiet: TrayState = {
  clock: '24h',
  running: [],
  failing: 0,
  paused: false,
  pausedUntil: null,
  next: [],
  recent: [],
  lastFailures: [],
  attention: [],
  remarks: [],
};
const actions = () => ({
  quickAdd: vi.fn(),
  show: vi.fn(),
  cancel: vi.fn(),
  runTask: vi.fn(),
  skipNext: vi.fn(),
  pauseTask: vi.fn(),
  pauseAll: vi.fn(),
  resumeAll: vi.fn(),
  quit: vi.fn(),
});
const itemsOf = ({ submenu }: MenuItemConstructorOptions) => (Array.isArray(submenu) ? submenu : []);
const click = (item: MenuItemConstructorOptions | undefined) => (item?.click as (() => void) | undefined)?.();

it('names each next task, with a submenu that acts on it', () => {
  const done = actions();
  const next = [{ taskId: 't1', taskName: 'Back up photos', at: at.toISOString() }];
  const item = trayMenu({ ...quiet, next }, done).find(({ label }) => label === `${time}  Back up photos`);
  if (item === undefined) throw new Error('the task is not in the menu');
  const items = itemsOf(item);
  expect(items.map(({ label }) => label)).toEqual(['Run now', `Skip the run at ${time}`, 'Pause', 'Open task']);
  for (const each of items) click(each);
  expect(done.runTask).toHaveBeenCalledExactlyOnceWith('t1');
  expect(done.skipNext).toHaveBeenCalledExactlyOnceWith('t1', at.toISOString());
  expect(done.pauseTask).toHaveBeenCalledExactlyOnceWith('t1');
  expect(done.show).toHaveBeenCalledExactlyOnceWith({ view: 'task', taskId: 't1' });
});

it('lists recent runs with a mark for their outcome; a click opens the log', () => {
  const done = actions();
  const run = (taskName: string, outcome: 'success' | 'failure' | 'other') => ({
    taskName,
    executionId: taskName,
    outcome,
    at: at.toISOString(),
  });
  const recent = [run('A', 'success'), run('B', 'failure'), run('C', 'other')];
  const item = trayMenu({ ...quiet, recent }, done).find(({ label }) => label === 'Recent runs');
  const items = item === undefined ? [] : itemsOf(item);
  expect(items.map(({ label }) => label)).toEqual([`✓ ${time}  A`, `✗ ${time}  B`, `– ${time}  C`]);
  click(items[1]);
  expect(done.show).toHaveBeenCalledExactlyOnceWith({ view: 'execution', executionId: 'B' });
});

it('shortens long names by characters, and shows an ampersand', () => {
  const next = [
    { taskId: 'a', taskName: '📦'.repeat(100), at: at.toISOString() },
    { taskId: 'b', taskName: 'Salt & pepper', at: at.toISOString() },
  ];
  const labels = trayMenu({ ...quiet, next }, actions()).map(({ label }) => label);
  const long = labels.find((label) => label?.includes('📦')) ?? '';
  expect([...long]).toHaveLength(60);
  expect(long.endsWith('📦…')).toBe(true);
  expect(labels).toContain(`${time}  Salt && pepper`);
});

it('counts what fails and runs in the tooltip', () => {
  const running = [{ taskName: 'A', executionId: 'e' }];
  expect(tooltipOf({ ...quiet, running, failing: 2 })).toBe('NCP Scheduler: 1 running, 2 tasks failed');
  expect(tooltipOf(quiet)).toBe('NCP Scheduler: all is well');
});

it('shows what would hide or reorder the text of a name', () => {
  const lastFailures = [
    { taskId: 't', taskName: 'Pay\u202e\nnow\u200b', executionId: 'e' },
  ] as unknown as TrayState['lastFailures'];
  const labels = trayMenu({ ...quiet, lastFailures }, actions()).map(({ label }) => label);
  expect(labels).toContain('Failed: Pay\\u202e\\nnow\\u200b');
  const attention = [{ text: 'A\nB' }] as unknown as TrayState['attention'];
  expect(tooltipOf({ ...quiet, attention })).toBe('NCP Scheduler: A\\nB');
});
