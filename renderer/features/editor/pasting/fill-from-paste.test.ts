import { expect, test } from 'vitest';
import { text } from '../../../text/en.ts';
import { emptyForm } from '../task-form.ts';
import { fillFromPaste, typedSchedule } from './fill-from-paste.ts';

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

test('a schedule typed before the command counts, and what was chosen for the command stays', () => {
  const chosen = { shell: '/bin/zsh', stdin: 'x', successExitCodes: [0, 3] };
  const typed = { ...form, parameters: { command: 'every hour: restic backup ~', ...chosen } };
  expect(typedSchedule(typed)).toMatchObject({
    form: { schedule: 'every hour', parameters: { command: 'restic backup ~', ...chosen } },
    isRequest: false,
    notes: [],
  });
});

test('a URL after a typed schedule becomes a request, and the hint says so', () => {
  const found = typedSchedule({
    ...form,
    parameters: { command: 'every hour: https://example.org/health', stdin: 'x' },
  });
  expect(found).toMatchObject({
    form: { schedule: 'every hour', tool: 'http:request', parameters: { url: 'https://example.org/health' } },
    isRequest: true,
  });
  expect(found?.form.parameters).not.toHaveProperty('stdin');
  expect(found && text.editor.typedSchedule(found)).toContain('requests the URL');
});

test('the hint of a typed line says what the task does not keep', () => {
  const found = typedSchedule({ ...form, parameters: { command: 'MAILTO=me@example.org 30 2 * * * backup.sh' } });
  expect(found?.form.parameters).toEqual({ command: 'backup.sh' });
  expect(found && text.editor.typedSchedule(found)).toMatch(/no part of the command\. MAILTO is not kept\./);
});

test.each(['echo "a: b"', 'https://example.org/health', 'every hour:', 'daily: make'])(
  '%s stays a command',
  (command) => {
    expect(typedSchedule({ ...form, parameters: { command } })).toBeNull();
  },
);
