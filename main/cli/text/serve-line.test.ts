import { expect, it } from 'vitest';
import { serveLine } from './serve-line.ts';
import { TextView } from './view.ts';

const at = '2026-11-23T12:03:00.000Z';
const terminal = { isTerminal: true, columns: 80, env: { NO_COLOR: '1' }, timezone: 'UTC' };
const view = new TextView({ ...terminal, now: () => Date.parse(at) }, '24h');

it.each([
  [{ by: 'app', pid: 12 }, 'The app (process 12) runs the scheduler.'],
  [{ by: 'serve', pid: 12 }, 'Another `serve` (process 12) runs the scheduler.'],
  [{ by: 'app', pid: null }, 'The app runs the scheduler.'],
])('a process beside another says which it is: %j', (leader, sentence) => {
  const line = serveLine({ type: 'following', at, dataDir: '/data', ...leader }, view);
  expect(line).toContain(`${sentence} When it ends, this process does. Data: /data.`);
});

it.each([
  [{ message: 'A request failed', problem: 'The disk is full.' }, 'Warning: A request failed: The disk is full.'],
  [
    { message: '127.0.0.1:7377 is in use by another program.' },
    'Warning: 127.0.0.1:7377 is in use by another program.',
  ],
])('a warning says why: %j', (warning, sentence) => {
  expect(serveLine({ type: 'warning', at, ...warning }, view)).toMatch(new RegExp(`${sentence}$`));
});
