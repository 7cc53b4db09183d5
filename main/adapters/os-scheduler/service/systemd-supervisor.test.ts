import { expect, test } from 'vitest';
import type { CommandRunner } from '../run-program.ts';
import { journalText, systemdSupervisor } from './systemd-supervisor.ts';

function started(env: Readonly<Record<string, string>>, exitCode = 0) {
  const calls: string[] = [];
  const run: CommandRunner = (file, args, options) => {
    calls.push([file, ...args, ...(options?.input === undefined ? [] : [String(options.input)])].join(' '));
    return Promise.resolve({ exitCode, stdout: '', stderr: 'no socket', failure: null });
  };
  return { calls, supervisor: systemdSupervisor({ run, env, output: '9:42' }) };
}

const line = { message: 'Backup: failure', isProblem: true, fields: { NCP_TASK: 'Backup' } };

test('a process that no service started has no supervisor, also if it inherited the variable of a journal', () => {
  expect(started({}).supervisor).toBeNull();
  expect(started({ JOURNAL_STREAM: '9:7', NOTIFY_SOCKET: '/run/notify' }).supervisor).toBeNull();
});

test('the watchdog and the journal are answered by their programs', async () => {
  const { calls, supervisor } = started({
    ...{ JOURNAL_STREAM: '9:42', NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '180000000' },
  });
  expect(supervisor?.watchdogMs).toBe(180_000);
  await supervisor?.alive();
  await supervisor?.record(line);
  expect(calls).toEqual([
    'systemd-notify WATCHDOG=1',
    `logger --journald SYSLOG_IDENTIFIER=ncp-scheduler\nMESSAGE=Backup: failure\nPRIORITY=3\nNCP_TASK=Backup\n`,
  ]);
});

test('without a journal nothing is written, and a program that fails is an error', async () => {
  const { calls, supervisor } = started({ NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '1000000' }, 1);
  await supervisor?.record(line);
  expect(calls).toEqual([]);
  await expect(supervisor?.alive()).rejects.toThrow('systemd-notify failed: no socket');
});

test('a name with a line end cannot add a field', () => {
  const text = journalText({ ...line, isProblem: false, fields: { NCP_TASK: 'a\nPRIORITY=0' } });
  expect(text.split('\n').filter((part) => part.startsWith('PRIORITY='))).toEqual(['PRIORITY=6']);
});
