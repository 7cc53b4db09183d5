import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nightly, WebFixture } from './testing/web-fixture.ts';

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('the sign-in', () => {
  it('turns the printed token into a cookie that scripts and other sites cannot use, once', async () => {
    const web = await WebFixture.start();
    const body = JSON.stringify({ token: web.startToken });
    const answer = await web.ask('/sign-in', { method: 'POST', body });
    expect(answer.json).toEqual({ ok: true, value: { readOnly: false } });
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^ncp-session-\w+=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(await web.ask('/sign-in', { method: 'POST', body })).toMatchObject({
      status: 401,
      json: refusal('web/wrong-token'),
    });
  });

  it('refuses the printed token after 15 minutes', async () => {
    const web = await WebFixture.start();
    web.application.clock.advance(15 * 60_000 + 1);
    await expect(web.signIn()).rejects.toThrow('401');
  });

  it.each([[''], ['{}'], ['{"token":1}'], ['{"token":"ncp_wrong"}'], ['no json'], [`{"token":"${'x'.repeat(300)}"}`]])(
    'refuses %j',
    async (body) => {
      const web = await WebFixture.start();
      expect(await web.ask('/sign-in', { method: 'POST', body })).toMatchObject({ status: 401 });
    },
  );

  it('is limited to ten attempts, and one more every six seconds', async () => {
    const web = await WebFixture.start();
    const attempt = async (token: string) =>
      (await web.ask('/sign-in', { method: 'POST', body: JSON.stringify({ token }) })).status;
    for (let index = 0; index < 10; index += 1) expect(await attempt('wrong')).toBe(401);
    expect(await attempt(web.startToken)).toBe(429);
    web.application.clock.advance(6000);
    expect(await attempt(web.startToken)).toBe(200);
  });

  it('ends by signing out, by idle time and by revoking the token', async () => {
    const web = await WebFixture.start({ idleMs: 60_000 });
    const tokens = await web.application.webTokens();
    const cookies = [await web.signIn(), await web.signIn(tokens.create('phone', false).secret)];
    const status = async (cookie = '') => (await web.ask('/session', { cookie })).status;
    expect(await Promise.all(cookies.map(status))).toEqual([200, 200]);
    await web.ask('/sign-out', { method: 'POST', body: '{}', cookie: cookies[0] ?? '' });
    expect(await Promise.all(cookies.map(status))).toEqual([401, 200]);
    tokens.revoke('phone');
    web.application.clock.advance(1000);
    expect(await Promise.all(cookies.map(status))).toEqual([401, 401]);
    const idle = await web.signIn(tokens.create('tablet', false).secret);
    web.application.clock.advance(59_000);
    await web.call('settings.get', {}, idle);
    web.application.clock.advance(59_000);
    expect(await status(idle)).toBe(200);
    web.application.clock.advance(60_001);
    expect(await status(idle)).toBe(401);
  });
});

describe('a call over HTTP', () => {
  it('answers in the envelope of every binding, and records its author', async () => {
    const web = await WebFixture.start();
    const tokens = await web.application.webTokens();
    const cookie = await web.signIn(tokens.create('phone', false).secret);
    expect((await web.call('tasks.create', nightly, cookie)).json).toMatchObject({
      ok: true,
      value: { task: { name: 'Nightly' } },
    });
    expect((await web.call('tasks.create', {}, cookie)).json).toMatchObject(refusal('usage/invalid-input'));
    await web.call('secrets.set', { name: 'TOKEN', value: 'hidden' }, cookie);
    const { json } = await web.call('history.list', {}, cookie);
    expect(json).toMatchObject({
      value: {
        changes: [
          { author: 'browser:phone', action: 'browser.call', obstacle: 'It changed no task.' },
          { author: 'browser:phone', action: 'task.create' },
        ],
      },
    });
    expect(JSON.stringify(json)).not.toContain('hidden');
  });

  it('is compressed if it is long and the browser can read that', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const description = 'What this task does, and why. '.repeat(150);
    for (let index = 0; index < 5; index += 1)
      await web.call('tasks.create', { ...nightly, name: `Nightly ${index}`, description }, cookie);
    const whole = await web.call('app.snapshot', {}, cookie);
    expect(whole.headers['content-encoding']).toBeUndefined();
    const compressed = await web.call('app.snapshot', {}, cookie, { 'accept-encoding': 'gzip' });
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(Number(compressed.headers['content-length'])).toBeLessThan(whole.text.length / 10);
    const short = await web.call('settings.get', {}, cookie, { 'accept-encoding': 'gzip' });
    expect(short.headers['content-encoding']).toBeUndefined();
  });

  it('is not reported to the person at the server if it is refused, but if the program is at fault', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    expect((await web.call('machines.list', {}, cookie)).json).toMatchObject(refusal('desktop/not-available'));
    expect((await web.call('tasks.pause', { taskId: 'gone' }, cookie)).json).toMatchObject(refusal('task/not-found'));
    expect(web.reported).toEqual([]);
    web.application.settings.read = () => {
      throw new TypeError('a fault');
    };
    expect((await web.call('settings.get', {}, cookie)).json).toMatchObject({ ok: false });
    expect(web.reported).toEqual(['settings.get failed {"problem":"a fault"}']);
  });

  it('only reads with a read-only token, whatever it asks for', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn((await web.application.webTokens()).create('wall', true).secret);
    expect((await web.call('app.snapshot', {}, cookie)).json).toMatchObject({ ok: true });
    for (const name of [
      'tasks.create',
      'tasks.trigger',
      'secrets.set',
      'settings.update',
      'transfer.export',
      'app.folders',
    ]) {
      expect(await web.call(name, nightly, cookie)).toMatchObject({ status: 403, json: refusal('web/read-only') });
    }
    const upload = { method: 'POST', body: 'x', cookie, headers: { 'x-window': 'window-01' } };
    expect(await web.ask('/upload?name=a', upload)).toMatchObject({ status: 403, json: refusal('web/read-only') });
    expect(web.application.store.read().tasks).toEqual({});
  });

  it.each([['/call/settings.get'], ['/upload'], ['/sign-out']])('%s needs a sign-in', async (path) => {
    const web = await WebFixture.start();
    const [name = ''] = (await web.signIn()).split('=');
    for (const cookie of ['', `${name}=wrong`, `${name}=`, 'other=1']) {
      const ask = { method: 'POST', body: '{}', cookie, headers: { 'x-window': 'window-01' } };
      expect(await web.ask(path, ask)).toMatchObject({ status: 401, json: refusal('web/signed-out') });
    }
  });

  it.each([['/events?window=window-01'], ['/downloads/1?window=window-01'], ['/session']])(
    '%s needs a sign-in, too',
    async (path) => {
      const web = await WebFixture.start();
      expect(await web.ask(path)).toMatchObject({ status: 401, json: refusal('web/signed-out') });
    },
  );

  it.each(['nothing', '__proto__', 'constructor', '%E0%A4%A', 'tasks.list/../x'])(
    'there is no call %s',
    async (name) => {
      const web = await WebFixture.start();
      expect(await web.call(name, {}, await web.signIn())).toMatchObject({ status: 404 });
    },
  );

  it('refuses a body of 10 MB, with and without its length, before it has read it', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    const ask = { method: 'POST', cookie, headers: { 'x-window': 'window-01', connection: 'close' } };
    const body = JSON.stringify({ change: 'x'.repeat(10 * 1024 * 1024) });
    const whole = await web
      .ask('/call/settings.update', { ...ask, body })
      .catch((error: NodeJS.ErrnoException) => error.code);
    expect(['ECONNRESET', 'EPIPE', 413]).toContain(typeof whole === 'object' ? whole.status : whole);
    const headers = { ...ask.headers, 'transfer-encoding': 'chunked' };
    const chunked = await web
      .ask('/call/settings.update', { ...ask, headers, body })
      .catch((error: NodeJS.ErrnoException) => error.code);
    expect(['ECONNRESET', 'EPIPE', 413]).toContain(typeof chunked === 'object' ? chunked.status : chunked);
    expect((await web.call('settings.get', {}, cookie)).json).toMatchObject({ ok: true });
  });

  it('is refused when there are too many at once', async () => {
    const web = await WebFixture.start();
    const cookie = await web.signIn();
    for (let index = 0; index < 400; index += 1) await web.call('nothing', {}, cookie);
    const call = () => web.call('settings.get', {}, cookie);
    for (let index = 0; index < 400; index += 1) expect((await call()).status).toBe(200);
    expect(await call()).toMatchObject({ status: 429, json: refusal('web/too-many-calls') });
    web.application.clock.advance(1000);
    expect((await call()).status).toBe(200);
  });
});

describe('the pages', () => {
  it('come with a policy that allows no inline script, no frame and no other site', async () => {
    const web = await WebFixture.start();
    const { headers, text } = await web.ask('/');
    expect(text).toContain('<title>Window</title>');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('are sent compressed to a browser that can read that', async () => {
    const web = await WebFixture.start();
    const { headers } = await web.ask('/assets/index-1.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/javascript; charset=utf-8' });
    expect((await web.ask('/assets/index-1.js')).text).toContain('console.log("window");');
  });

  it.each([
    '/../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../secret.key',
    '/secret.key',
    '//etc/passwd',
    '/assets\\..\\secret.key',
    '/index.html%00.js',
    '/assets/',
  ])('never come from elsewhere: %s', async (path) => {
    const web = await WebFixture.start();
    expect((await web.ask(path)).status).toBeGreaterThanOrEqual(400);
  });
});

it('slow clients are many, and meanwhile people keep their windows, sign in and call', async () => {
  const web = await WebFixture.start();
  const events = await web.events(await web.signIn());
  const { secret } = (await web.application.webTokens()).create('phone', false);
  const sockets = Array.from({ length: 400 }, () => connect(web.port, '127.0.0.1').on('error', () => undefined));
  for (const socket of sockets) socket.write('POST /call/settings.get HTTP/1.1\r\nHost: ');
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  const closed = () => sockets.filter(({ destroyed, readableEnded }) => destroyed || readableEnded).length;
  await expect.poll(closed).toBeGreaterThan(100);
  expect((await web.call('settings.get', {}, await web.signIn(secret))).status).toBe(200);
  expect(closed()).toBeLessThan(400);
  expect(events.text()).not.toContain('[ended]');
});
