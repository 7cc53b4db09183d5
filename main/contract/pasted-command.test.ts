import { expect, test } from 'vitest';
import { taskInCommand } from './pasted-command.ts';

test.each([
  ['*/5 * * * * /usr/bin/backup.sh', { schedule: '*/5 * * * *', parameters: { command: '/usr/bin/backup.sh' } }],
  ['MAILTO=""\n@daily  report', { schedule: '@daily', parameters: { command: 'report' } }],
  ['@Reboot  start.sh', { schedule: '@Reboot', parameters: { command: 'start.sh' } }],
  ['every weekday at 9: backup.sh', { schedule: 'every weekday at 9', parameters: { command: 'backup.sh' } }],
  ['https://example.org/health', { tool: 'http:request', parameters: { url: 'https://example.org/health' } }],
  ['curl -X DELETE https://example.org/x', { tool: 'http:request', schedule: '' }],
])('%s is a task', (text, sketch) => expect(taskInCommand(text)?.sketch).toMatchObject(sketch));

test.each([
  'backup.sh',
  '@powershell -NoProfile -File backup.ps1',
  '@echo off & backup.cmd',
  '@every 5m backup.sh',
  '@dailyreport --all',
  'echo "a: b"',
  'rsync -a host: /backup',
  'curl -fsS https://example.org | jq .',
  'cd /srv\nnpm ci\nnpm run build',
  'printf "%s: %s\\n" one two three: four',
  '1 2 3: four',
  '*/5 * * * *',
  '',
])('%s is a command as it stands', (text) => expect(taskInCommand(text)).toBeNull());
