import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine, shell } from '../../../testing/cli-harness.ts';
import { memoryApplication } from '../../../testing/memory-application.ts';
import type { MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(async () => {
  application = memoryApplication();
  await ok('create', '--name', 'Backup', '--schedule', 'every day at 9am', ...shell('false'));
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);
const hook = ['--kind', 'webhook', '--url', 'https://example.org/hook/key-1234'];
const settings = () => application.settings.read().alerts;

describe('alerts', () => {
  it('add stores what is secret, and gives the channel a rule of the options', async () => {
    await ok('alerts add', 'ops', ...hook, '--task', 'Backup', '--event', 'failed', '--quiet-hours', '22:00-07:00');
    expect(settings().channels['ops']).toEqual({ kind: 'webhook', url: '${secret:ALERT_ops_URL}' });
    const task = Object.keys(application.store.read().tasks)[0];
    const quietHours = { from: '22:00', to: '07:00' };
    expect(settings().rules).toEqual([{ events: ['failed'], channels: ['ops'], tasks: [task], quietHours }]);
    const { stdout } = await runLine(application, ['alerts', 'list']);
    expect(stdout).toContain('22:00 to 07:00');
    expect(stdout).not.toContain('key-1234');
  });

  it('edit, rules, task and heartbeat change the settings, and undo reverses it', async () => {
    await ok('alerts add', 'ops', ...hook);
    await ok('alerts edit', 'ops', '--header', 'X-Team: ops', '--off');
    expect(settings().channels['ops']).toMatchObject({ headers: { 'X-Team': 'ops' }, enabled: false });
    await ok('alerts add-rule', '--channel', 'ops', '--event', 'missed', '--after-failures', '3');
    await ok('alerts remove-rule', '1');
    expect(settings().rules).toEqual([{ events: ['missed'], channels: ['ops'], afterFailures: 3 }]);
    await ok('alerts task', 'Backup', '--none');
    expect(Object.values(settings().overrides)).toEqual([{ channels: [] }]);
    await ok('alerts heartbeat', '--channel', 'ops', '--every', '10m');
    expect(settings().heartbeat).toEqual({ channels: ['ops'], everyMs: 600_000 });
    await ok('alerts digest', '--channel', 'ops', '--channel', 'ops', '--weekly', 'sunday', '--at', '07:30');
    expect(settings().digest).toEqual({ channels: ['ops'], every: 'week', weekday: 7, at: '07:30' });
    const { stdout } = await runLine(application, ['alerts', 'list']);
    expect(stdout).toContain('Digest: ops, every Sunday at 07:30');
    await ok('alerts remove', 'ops');
    expect(settings()).toMatchObject({ channels: {}, rules: [] });
    expect(settings().digest).toBeUndefined();
    const [latest] = application.ledger.changes({}, 1);
    await ok('undo', String(latest?.sequence));
    expect(settings().heartbeat).toEqual({ channels: ['ops'], everyMs: 600_000 });
  });

  it('remove names the secrets that nothing uses any more, and keeps them', async () => {
    await ok('alerts add', 'ops', ...hook);
    await ok('alerts add', 'other', '--kind', 'webhook', '--url', '${secret:ALERT_ops_URL}');
    expect((await ok('alerts remove', 'ops')).unusedSecrets).toEqual([]);
    const { stdout } = await runLine(application, ['alerts', 'remove', 'other']);
    expect(stdout).toContain('secrets remove ALERT_ops_URL');
    expect((await application.secrets()).list().secrets.map(({ name }) => name)).toEqual(['ALERT_ops_URL']);
  });

  it('test shows the answer; a refusal is an error with the words of the receiver', async () => {
    await ok('alerts add', 'ops', ...hook);
    expect((await ok('alerts test', 'ops')).test).toMatchObject({ ok: true, answer: 'It said: ok' });
    const tested = application.clock.nowIso();
    expect((await ok('alerts list')).states).toMatchObject([{ name: 'ops', lastSentAt: tested }]);
    expect((await ok('alerts sent')).alerts).toMatchObject([{ kind: 'test', state: 'sent', channel: 'ops' }]);
    application.outside.alerts.answer = () => ({ outcome: 'refused', answer: 'It answered 400: no such room' });
    const { code, error } = await fails('alerts', 'test', 'ops');
    expect([code, error.message]).toEqual([1, 'It answered 400: no such room']);
    expect((await ok('alerts sent')).total).toBe(1);
  });

  it('sent lists what was given up, and retry sends it', async () => {
    await ok('alerts add', 'ops', ...hook);
    application.outside.alerts.answer = () => ({ outcome: 'refused', answer: 'no' });
    await (await application.runs()).fire('daily-9am', '2026-11-24T09:00:00.000Z');
    await (await application.alerts()).sendBeforeEnd();
    expect((await ok('alerts sent', '--state', 'dropped')).alerts).toMatchObject([{ title: 'Backup failed' }]);
    application.outside.alerts.answer = () => ({ outcome: 'sent', answer: 'ok' });
    expect(await ok('alerts retry', '--channel', 'ops')).toEqual({ retried: 1 });
    expect((await ok('alerts sent')).alerts).toMatchObject([{ state: 'sent' }]);
  });

  it.each([
    [['add', 'a b', ...hook], 'NAME: A name of a channel has letters'],
    [
      ['add', 'ops', '--kind', 'webhook', '--url', 'example.org'],
      '--url: must be an address that begins with https://',
    ],
    [['add', 'ops', '--kind', 'email', '--host', 'h', '--to', 'a@b.c'], '--from: '],
    [
      ['add', 'ops', '--kind', 'email', '--host', 'h', '--from', 'a@b', '--to', 'a@b', '--ca-file', 'ca.pem'],
      '--ca-file: must be an absolute path',
    ],
    [['add', 'ops', ...hook, '--header', 'X'], '--header: "X" must be NAME: VALUE'],
    [['add', 'ops', ...hook, '--quiet-hours', '22-7'], '--quiet-hours: '],
    [['add-rule', '--channel', 'gone', '--event', 'failed'], 'There is no channel "gone"'],
    [['remove-rule', '3'], 'There is no rule 3'],
    [['edit', 'gone', '--off'], 'There is no channel "gone"'],
    [['digest', '--channel', 'ops', '--at', '7 am'], '--at: must be a time of day such as 22:00'],
    [['digest'], 'Give either --channel or --off.'],
    [['task', 'Backup'], 'Give one of --channel, --none and --reset.'],
    [['retry'], 'Give either ID or --channel.'],
  ])('%j is refused with what is wrong', async (argv, message) => {
    const answer = await fails('alerts', ...argv);
    expect(answer.error.message).toContain(message);
    expect(settings().channels).toEqual({});
  });
});
