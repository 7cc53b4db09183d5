import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryApplication } from '../testing/memory-application.ts';
import { nightly, WebFixture } from './testing/web-fixture.ts';
import { WebWindows } from './web-windows.ts';

const uploads = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ncp-scheduler-upload-'));
/** Longer than any listener collects changes, in ms. */
const toldMs = 1000;

describe('the events', () => {
  it('tell every open window of a change, each with what its browser may do', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const reader = await web.signIn((await web.application.webTokens()).create('wall', true).secret);
    const [one, other] = [await web.events(cookie), await web.events(reader)];
    await expect.poll(() => one.text()).toContain('event: ready');
    await web.call('tasks.create', { ...nightly, name: 'Weekly' }, cookie);
    await web.call('app.snapshot', {}, cookie);
    await web.call('tasks.create', nightly, cookie);
    web.application.clock.advance(toldMs);
    await expect.poll(() => one.text()).toContain('event: schedule.changed');
    await expect.poll(() => other.text()).toContain('"name":"Nightly"');
    expect(other.text()).not.toContain('"name":"Weekly"');
    expect(one.text()).toContain('"capabilities":["files","change"]');
    expect(other.text()).toContain('"capabilities":["files"]');
  });

  it('tell of missed slots', async () => {
    const application = memoryApplication();
    onTestFinished(() => application.dispose());
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const windows = new WebWindows({ application, sessions: { isLive: () => true }, logger });
    const session = { id: 's', author: 'browser', readOnly: false, token: null };
    const times = { startedAtMs: 0, usedAtMs: 0, checkedAtMs: 0 };
    const { body } = windows.open({ ...session, ...times }, 'window-01');
    const listener = await windows.listener();
    listener.slotsMissed();
    application.clock.advance(toldMs);
    await windows.stop();
    expect(await new Response(body).text()).toBe('event: ready\ndata: {}\n\nevent: slots.missed\ndata: {}\n\n');
  });

  it('end at once when somebody signs out, and soon after a token is revoked', async () => {
    const web = await WebFixture.start();
    const tokens = await web.application.webTokens();
    const cookie = await web.signIn();
    const [own, phone] = [
      await web.events(cookie),
      await web.events(await web.signIn(tokens.create('phone', false).secret)),
    ];
    await web.ask('/sign-out', { method: 'POST', body: '{}', cookie });
    await expect.poll(() => own.text()).toContain('[ended]');
    tokens.revoke('phone');
    web.application.clock.advance(5000);
    await expect.poll(() => phone.text()).toContain('[ended]');
  });

  it('are bounded in number, and free when they are left', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const open = await Promise.all(Array.from({ length: 16 }, (_, index) => web.events(cookie, `window-${index}0`)));
    expect(await web.ask('/events?window=one-too-many', { cookie })).toMatchObject({
      status: 429,
      json: { error: { code: 'web/too-many-windows' } },
    });
    for (const each of open) each.leave();
    const again = async () => {
      web.application.clock.advance(61_000);
      return (await web.call('settings.get', {}, cookie, { 'x-window': 'another-one' })).status;
    };
    await expect.poll(again).toBe(200);
  });

  it('need a window with a name of its own', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    for (const window of ['', 'short', 'a'.repeat(65), 'a/../../b', '%00%00%00%00%00%00%00%00']) {
      expect((await web.ask(`/events?window=${window}`, { cookie })).status).toBe(400);
    }
  });
});

describe('files', () => {
  it('are offered to the window that asked for them, and downloaded once', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    await web.call('tasks.create', { ...nightly, name: 'Nächtlich' }, cookie);
    const events = await web.events(cookie);
    expect((await web.call('transfer.export', {}, cookie)).json).toMatchObject({
      value: { file: 'schedule.ncp.json' },
    });
    await expect.poll(() => events.text()).toContain('event: download');
    const [, id = ''] = /event: download\ndata: {"id":"([^"]+)"/.exec(events.text()) ?? [];
    const stranger = await web.signIn((await web.application.webTokens()).create('phone', false).secret);
    for (const [window, session] of [
      ['window-02', cookie],
      ['window-01', stranger],
    ]) {
      expect((await web.ask(`/downloads/${id}?window=${window}`, { cookie: session ?? '' })).status).toBe(404);
    }
    const file = await web.ask(`/downloads/${id}?window=window-01`, { cookie });
    expect(file.headers).toMatchObject({
      'content-disposition': "attachment; filename*=UTF-8''schedule.ncp.json",
      'content-type': 'application/octet-stream',
    });
    expect(JSON.parse(file.text)).toMatchObject({ schedule: {} });
    expect((await web.ask(`/downloads/${id}?window=window-01`, { cookie })).status).toBe(404);
  });

  it('that are uploaded can be imported, and are deleted with their window', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const before = uploads();
    const window = { cookie, headers: { 'x-window': 'window-01' } };
    const body = '# One\n0 1 * * * one\n';
    expect(await web.ask('/upload?name=..%2f..%2fcrontab', { ...window, method: 'POST', body })).toMatchObject({
      status: 200,
    });
    const { json } = await web.call('transfer.open', {}, cookie);
    expect(json).toMatchObject({ ok: true, value: { opened: { name: '_.._crontab', report: { kind: 'crontab' } } } });
    expect(uploads().length).toBe(before.length + 1);
    await web.ask('/sign-out', { ...window, method: 'POST', body: '{}' });
    expect(uploads()).toEqual(before);
  });

  it('larger than 8 MB are refused', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const body = new Uint8Array(9 * 1024 * 1024);
    const sent = await web
      .ask('/upload?name=a', { method: 'POST', body, cookie, headers: { 'x-window': 'window-01' } })
      .catch((error: NodeJS.ErrnoException) => error.code);
    expect(['ECONNRESET', 'EPIPE', 413]).toContain(typeof sent === 'object' ? sent.status : sent);
  });
});

describe('what only a desktop can do', () => {
  it('is refused by the name of what is missing', async () => {
    const web = await WebFixture.start();
    const { json } = await web.call('app.chooseDirectory', {}, await web.signIn());
    expect(json).toMatchObject({ error: { code: 'desktop/not-available', details: { capability: 'dialogs' } } });
  });

  it('is replaced where it can be: a log that would open in an editor is downloaded', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const execution = {
      ...{ executionId: 'e1', taskId: 't1', taskName: 'Nightly', timingId: 'g', tool: 'shell:run', parameters: {} },
      ...{ slot: null, attempt: 1, startedAt: '2026-11-23T12:00:00.000Z' },
      trigger: 'manual' as const,
    };
    const logPath = web.application.outside.logPath('e1', execution.startedAt);
    mkdirSync(dirname(logPath), { recursive: true });
    writeFileSync(logPath, 'a line\n');
    web.application.ledger.start({ ...execution, logPath, owner: { pid: 1, startedAt: 'a' } });
    const events = await web.events(cookie);
    expect((await web.call('app.openLog', { executionId: 'e1' }, cookie)).json).toMatchObject({ ok: true });
    await expect.poll(() => events.text()).toContain('"name":"e1.log"');
    await web.call('logs.follow', { executionId: 'e1' }, cookie);
    await expect.poll(() => events.text()).toContain('event: logs.grew');
  });
});
