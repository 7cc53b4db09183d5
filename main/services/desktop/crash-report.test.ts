import { expect, test } from 'vitest';
import { crashReport, withoutSecrets } from './crash-report.ts';

test('a report says what, where and with which versions', () => {
  const error = new Error('no such file: /home/ada/tasks.json');
  error.stack = `Error: ${error.message}\n    at open (/home/ada/app/index.js:3:1)`;
  const report = crashReport({
    what: 'The app hit an unhandled error.',
    error,
    at: '2026-11-25T10:00:00.000Z',
    version: '1.2.3',
    runtime: { electron: '45.4.1', node: '24.1.0', chrome: '150' },
    platform: 'linux x64',
    homeDir: '/home/ada',
  });
  expect(report).toContain('NCP Scheduler 1.2.3 on linux x64');
  expect(report).toContain('Electron 45.4.1');
  expect(report).toContain('at open (~/app/index.js:3:1)');
  expect(report).not.toContain('/home/ada');
});

test.each([
  ['GET https://ada:hunter2@example.org/x', 'hunter2'],
  ['authorization: Bearer abc.def-ghi', 'abc.def'],
  ['--password=hunter2 --user=ada', 'hunter2'],
  ['{"api_key": "k-123"}', 'k-123'],
  ['SECRET_TOKEN=t0p', 't0p'],
  ['sent ghp_0123456789abcdefghijABCDEFGHIJ0123 to', 'ghp_'],
])('%s contains no secret', (text, secret) => expect(withoutSecrets(text)).not.toContain(secret));

test('text that is not secret stays readable', () => {
  expect(withoutSecrets('The task "Daily backup" exited with code 3')).toBe(
    'The task "Daily backup" exited with code 3',
  );
});
