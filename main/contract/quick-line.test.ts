import { expect, test } from 'vitest';
import { quickDraft, splitQuickLine } from './quick-line.ts';

test.each([
  ['every hour: backup.sh', 'every hour', 'backup.sh'],
  [
    'every weekday at 9:30: curl -fsS https://example.org/ping',
    'every weekday at 9:30',
    'curl -fsS https://example.org/ping',
  ],
  ['2026-12-03T14:15:00Z: echo hi', '2026-12-03T14:15:00Z', 'echo hi'],
  ['every day at 9am', 'every day at 9am', ''],
  ['every day at 9am:', 'every day at 9am', ''],
  ['every day: echo "a: b"', 'every day', 'echo "a: b"'],
  ['', '', ''],
  ['*/5 * * * * /usr/bin/backup.sh', '*/5 * * * *', '/usr/bin/backup.sh'],
  ['30  2 * *\t1-5  cd /srv && ./run.sh: x', '30 2 * * 1-5', 'cd /srv && ./run.sh: x'],
  ['0 9 1 JAN,jul mon-FRI echo "a: b"', '0 9 1 JAN,jul mon-FRI', 'echo "a: b"'],
  ['0 9 L * * report', '0 9 L * *', 'report'],
  [String.raw`@daily tar czf /b/$(date +\%F).tgz /etc`, '@daily', 'tar czf /b/$(date +%F).tgz /etc'],
  ['*/5 * * * *: date', '*/5 * * * *', 'date'],
  ['*/5 * * * *', '*/5 * * * *', ''],
  ['0 9 * * 1', '0 9 * * 1', ''],
  ['@hourly', '@hourly', ''],
  ['1 2 and 3 pm on monday', '1 2 and 3 pm on monday', ''],
])('%s', (line, schedule, command) => expect(splitQuickLine(line)).toEqual({ schedule, command }));

test.each([
  ['https://example.org/health', 'http:request', { url: 'https://example.org/health' }, 'example.org'],
  ['curl https://example.org', 'shell:run', { command: 'curl https://example.org' }, 'curl example.org'],
  ['https:// x', 'shell:run', { command: 'https:// x' }, 'https: x'],
])('the command %s becomes a task of %s', (command, tool, parameters, name) =>
  expect(quickDraft({ schedule: 'every hour', command })).toEqual({ name, schedule: 'every hour', tool, parameters }),
);
