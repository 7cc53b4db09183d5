import { expect, test } from 'vitest';
import { nameOfCommand, splitQuickLine } from './quick-line.ts';

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
])('%s', (line, schedule, command) => expect(splitQuickLine(line)).toEqual({ schedule, command }));

test.each([
  ['curl -fsS https://example.org/ping', 'curl example.org/ping'],
  ['/usr/local/bin/backup.sh', 'backup.sh'],
  ['TZ=UTC sudo rsync -a ~/Pictures /mnt/backup', 'rsync /mnt/backup'],
  ['ls -la', 'ls'],
  ['sudo', 'sudo'],
])('the task of "%s" is called "%s"', (command, name) => expect(nameOfCommand(command)).toBe(name));

test('a name has at most 60 characters', () => {
  expect(nameOfCommand(`echo ${'x'.repeat(500)}`).length).toBeLessThanOrEqual(60);
});
