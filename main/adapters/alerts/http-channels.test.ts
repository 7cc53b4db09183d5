import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { webhookTemplates as templateNames, type ChannelOf } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { RemoteChannel } from '../../ports/alert-channels.ts';
import { serveHttp } from '../../testing/http-servers/http-servers.ts';
import { freePort } from '../../testing/free-port.ts';
import { anAlertEvent } from '../../testing/alert-samples.ts';
import { createAlertChannels } from './alert-channels.ts';

const channels = createAlertChannels({
  now: () => 1_700_000_000_000,
  trusted: () => null,
  network: () => ({
    fetch,
    reason: (error) => String((error as Error).cause ?? error),
    close: () => Promise.resolve(),
  }),
});
const send = (channel: RemoteChannel, event: Partial<AlertEvent> = {}) =>
  channels.send(channel, anAlertEvent(event), {});

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Starts a receiver that answers in a certain way, and remembers what it heard. */
async function receiver(answer: RequestListener = (_, response) => void response.end('ok')) {
  const heard: Heard[] = [];
  const url = await serveHttp((request, response) => {
    void text(request).then((body) => {
      heard.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      answer(request, response);
    });
  });
  return { url, heard, hook: { kind: 'webhook', url: `${url}/hook` } as const };
}

const answering =
  (status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

/** Text that breaks JSON, markup and headers that are put together from strings. */
const nasty: Partial<AlertEvent> = {
  title: 'Back"up\r\nX-Evil: 1\u0000 <!channel> ```',
  message: '"}],"x":\\ <users/all> @everyone \u2028 end',
  output: `${'long line ünïcödé 😀\n'.repeat(4000)}last "line" \`\`\` \u001b[31m`,
};

describe('a webhook', () => {
  it('receives the documented event, a key for repetitions and a signature over time and body', async () => {
    const { hook, heard } = await receiver();
    const sent = await send({ ...hook, method: 'PUT', signingKey: 'key', headers: { 'X-Team': 'ops' } });
    expect(sent.outcome).toBe('sent');
    const [request] = heard;
    expect(JSON.parse(request?.body ?? '')).toEqual(anAlertEvent());
    expect(request).toMatchObject({ method: 'PUT', headers: { 'x-team': 'ops', 'idempotency-key': 'alert-1' } });
    const mac = createHmac('sha256', 'key')
      .update(`1700000000.${request?.body ?? ''}`)
      .digest('hex');
    expect(request?.headers['ncp-signature']).toBe(`t=1700000000,v1=${mac}`);
  });

  it.each([
    [400, 'refused', 'no such room'],
    [413, 'refused', ''],
    [401, 'failed', 'check the key or token'],
    [404, 'failed', 'check the address'],
    [503, 'failed', 'an error of the receiver'],
  ])('answers %i: it is %s, with the words of the receiver', async (status, outcome, words) => {
    const { hook } = await receiver(answering(status, 'no such room\u001b[2J'));
    const { outcome: found, answer } = await send(hook);
    expect(found).toBe(outcome);
    expect(answer).toContain(`answered ${status}`);
    expect(answer).toContain(words);
    expect(answer).toContain('It said: no such room');
    expect(answer).not.toMatch(/\p{Cc}/u);
  });

  it.each<[string, Record<string, string>, string, number | undefined]>([
    ['seconds', { 'retry-after': '120' }, '', 120_000],
    ['a date', { 'retry-after': 'Mon, 23 Nov 2026 09:01:00 GMT', date: 'Mon, 23 Nov 2026 09:00:00 GMT' }, '', 60_000],
    ['the body of Telegram', {}, '{"ok":false,"parameters":{"retry_after":7}}', 7000],
    ['nothing', {}, 'slow down', undefined],
  ])('that is asked too often says when to try again: %s', async (_, headers, body, askedMs) => {
    const { hook } = await receiver(answering(429, body, headers));
    expect(await send(hook)).toMatchObject({ outcome: 'failed', askedMs });
  });

  it('that answers with a web page is quoted by its title', async () => {
    const { hook } = await receiver(
      answering(502, '<html><title>Bad Gateway</title></html>', { 'content-type': 'text/html' }),
    );
    expect((await send(hook)).answer).toContain('It said: a web page, “Bad Gateway”');
  });

  it('that redirects gets nothing at the other address, and the answer says where it leads', async () => {
    const other = await receiver();
    const { hook } = await receiver(answering(307, '', { location: `${other.url}/elsewhere?token=abc` }));
    const { answer } = await send({ ...hook, token: 's3cret' });
    expect(other.heard).toEqual([]);
    expect(answer).toContain(`redirects to ${other.url}.`);
    expect(answer).not.toContain('token=abc');
  });

  it('that closes the connection without an answer may have got it; one that does not listen has not', async () => {
    const { hook } = await receiver((request) => void request.socket.destroy());
    expect(await send(hook)).toMatchObject({ outcome: 'failed', mayHaveArrived: true });
    expect(await send({ ...hook, url: `http://127.0.0.1:${await freePort()}/hook` })).toMatchObject({
      mayHaveArrived: false,
    });
  });

  it('that breaks off its answer after the status has got it', async () => {
    const { hook } = await receiver((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await send(hook)).toMatchObject({ outcome: 'sent' });
  });

  it('with a text that is no address fails with the field', async () => {
    expect((await send({ kind: 'webhook', url: 'not an address' })).answer).toContain('The field "url"');
  });
});

describe('a form of message', () => {
  const withForm = { url: 'http://x.invalid/topic', token: 'tok', chatId: '42' };

  it.each(templateNames)('%s: no text breaks it, and its limit holds', async (template) => {
    const { url, heard } = await receiver();
    const channel: ChannelOf<'webhook'> = { ...withForm, kind: 'webhook', template, url: `${url}/topic` };
    expect((await send(channel, nasty)).outcome).toBe('sent');
    const body = heard[0]?.body ?? '';
    expect(() => JSON.parse(body) as unknown).not.toThrow();
    const limit = {
      slack: 40_000,
      discord: 8000,
      teams: 28_000,
      ntfy: 8000,
      gotify: 64_000,
      telegram: 16_000,
      'google-chat': 32_000,
    };
    expect(Buffer.byteLength(body)).toBeLessThan(limit[template]);
    expect(body).toContain('last');
  });

  const bodyOf = async (template: (typeof templateNames)[number], event: Partial<AlertEvent> = nasty) => {
    const { url, heard } = await receiver();
    await send({ ...withForm, kind: 'webhook', template, url: `${url}/topic` }, event);
    return { request: heard[0], body: JSON.parse(heard[0]?.body ?? '{}') as Record<string, unknown> };
  };

  it('slack mentions nobody', async () => {
    expect(String((await bodyOf('slack')).body['text'])).not.toContain('<!channel>');
  });

  it('discord mentions nobody, and keeps to 2,000 characters', async () => {
    const { body } = await bodyOf('discord');
    expect(body['allowed_mentions']).toEqual({ parse: [] });
    expect(String(body['content']).length).toBeLessThanOrEqual(2000);
  });

  it('teams is an adaptive card', async () => {
    expect((await bodyOf('teams')).body).toMatchObject({
      type: 'message',
      attachments: [
        { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.4' } },
      ],
    });
  });

  it('ntfy is published as JSON to the topic of the address, with the token', async () => {
    const { request, body } = await bodyOf('ntfy', {});
    expect(request).toMatchObject({ path: '/', headers: { authorization: 'Bearer tok' } });
    expect(body).toMatchObject({ topic: 'topic', title: 'Backup failed (box)', priority: 4 });
  });

  it('gotify gets the token in its header', async () => {
    const { request } = await bodyOf('gotify', {});
    expect(request).toMatchObject({ path: '/topic/message', headers: { 'x-gotify-key': 'tok' } });
  });

  it('telegram gets plain text in the chat, at most 4,096 characters', async () => {
    const { request, body } = await bodyOf('telegram');
    expect(request?.path).toBe('/topic/bottok/sendMessage');
    expect(body['chat_id']).toBe('42');
    expect(String(body['text']).length).toBeLessThanOrEqual(4096);
  });

  it('says that an alert is late, and that it may have come before', async () => {
    const { body } = await bodyOf('google-chat', { lateMs: 7_200_000, possiblyTwice: true });
    expect(body['text']).toContain('This happened 2 h ago');
    expect(body['text']).toContain('You may have received this alert before.');
  });
});

describe('a check', () => {
  const ping = async (event: Partial<AlertEvent>, service?: 'uptime-kuma', path = '/ping/abc') => {
    const { url, heard } = await receiver();
    const delivery = await send({ kind: 'healthchecks', url: url + path, ...(service && { service }) }, event);
    return { delivery, request: heard[0] };
  };
  const run = anAlertEvent().run;

  it.each<[string, Partial<AlertEvent>, string]>([
    ['a start', { kind: 'started' }, '/start'],
    ['a success', { kind: 'succeeded' }, ''],
    ['an exit code', { kind: 'failed' }, '/3'],
    ['a failure with exit code 0', { kind: 'failed', run: run && { ...run, exitCode: 0 } }, '/fail'],
    ['a failure without one', { kind: 'failed', run: run && { ...run, exitCode: null } }, '/fail'],
    ['a missed run', { kind: 'missed', run: null }, '/log'],
  ])('is pinged with %s', async (_, event, suffix) => {
    const { request } = await ping(event);
    const id = event.run === null ? '' : `?rid=${run?.id ?? ''}`;
    expect(request).toMatchObject({ method: 'POST', path: `/ping/abc${suffix}${id}` });
  });

  it('gets the end of the log, within 10,000 bytes', async () => {
    const body = (await ping({ ...nasty, kind: 'failed' })).request?.body ?? '';
    expect(body).toMatch(/last "line" ``` \[31m$/);
    expect(Buffer.byteLength(body)).toBeLessThan(10_000);
  });

  it('of Uptime Kuma is pushed with status, message and duration', async () => {
    const { request } = await ping({ kind: 'failed' }, 'uptime-kuma', '/api/push/x?status=up&msg=OK&ping=');
    expect(request?.method).toBe('GET');
    const query = new URL(request?.path ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toMatchObject({ status: 'down', ping: '2000' });
    expect((await ping({ kind: 'started' }, 'uptime-kuma')).request).toBeUndefined();
  });
});

it('a receiver that never answers is left after a while, and may have got it', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const gone: typeof fetch = (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(50) });
  const impatient = createAlertChannels({
    now: () => 0,
    trusted: () => null,
    network: () => ({ fetch: gone, reason: () => 'no answer', close: () => Promise.resolve() }),
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const delivery = await impatient.send({ kind: 'webhook', url }, anAlertEvent(), {});
  expect(delivery).toMatchObject({ outcome: 'failed', mayHaveArrived: true });
});
