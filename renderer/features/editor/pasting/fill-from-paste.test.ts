import { expect, test } from 'vitest';
import { emptyForm } from '../task-form.ts';
import { fillFromPaste, withTypedSchedule } from './fill-from-paste.ts';

const form = { ...emptyForm('UTC', 'every day at 9:00'), name: 'Mine', env: 'A=1\nB=2' };

test('a line of a crontab with its variables fills schedule, command, environment and time zone', () => {
  const pasted = 'CRON_TZ=Asia/Tokyo\nHOME=/srv\nB=3\nMAILTO=me@example.org\n30 2 * * 1-5 backup.sh';
  expect(fillFromPaste(pasted, form)).toEqual({
    change: {
      schedule: '30 2 * * 1-5',
      timezone: 'Asia/Tokyo',
      workingDirectory: '/srv',
      env: 'A=1\nHOME=/srv\nB=3',
      tool: 'shell:run',
      parameters: { command: 'backup.sh' },
      parametersText: null,
    },
    notes: ['MAILTO is not kept. The output of each run is in its log, and you are notified of failures.'],
  });
});

test('a URL becomes a request and leaves the schedule alone', () => {
  expect(fillFromPaste(' https://example.org/health\n', form)?.change).toEqual({
    tool: 'http:request',
    parameters: { url: 'https://example.org/health' },
    parametersText: null,
  });
});

test('a cURL command becomes a request with its limits', () => {
  const fill = fillFromPaste('curl -m 20 --retry 2 https://example.org/report', form);
  expect(fill?.change).toMatchObject({ tool: 'http:request', timeout: '20s', retries: '2' });
});

test('a script stays where it was pasted', () => {
  expect(fillFromPaste('set -e\ncd /srv\nnpm ci', form)).toBeNull();
});

test('a schedule typed before the command counts, and is no part of the command', () => {
  const typed = { ...form, parameters: { command: 'every hour: restic backup ~', stdin: 'x' } };
  expect(withTypedSchedule(typed)).toMatchObject({
    schedule: 'every hour',
    parameters: { command: 'restic backup ~' },
  });
});

test.each(['echo "a: b"', 'https://example.org/health', 'every hour:', 'daily: make'])(
  '%s stays a command',
  (command) => {
    const typed = { ...form, parameters: { command } };
    expect(withTypedSchedule(typed)).toBe(typed);
  },
);
