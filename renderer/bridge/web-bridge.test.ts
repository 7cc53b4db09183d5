import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebBridge } from './web-bridge.ts';

/** The events of the server, which the test sends. */
class Events extends EventTarget {
  closed = false;
  readonly address: string;

  constructor(address: string) {
    super();
    this.address = address;
  }

  close(): void {
    this.closed = true;
  }

  send(name: string, data = '{}'): void {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }
}

let sources: Events[];
let asked: { path: string; init: RequestInit | undefined }[];
let answer: () => Promise<Response>;
const signedOut = vi.fn();
const json = (value: unknown, status = 200) =>
  Promise.resolve(new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } }));

beforeEach(() => {
  vi.useFakeTimers();
  signedOut.mockReset();
  [sources, asked] = [[], []];
  answer = () => json({ ok: true, value: {} });
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    asked.push({ path, init });
    return answer();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(): WebBridge {
  const newEventSource = (address: string) => {
    const source = new Events(address);
    sources.push(source);
    return source as unknown as EventSource;
  };
  return new WebBridge({ signedOut, newEventSource });
}
const newest = (): Events => sources.at(-1) ?? new Events('none');

describe('the bridge of a window in a browser', () => {
  it('posts a call as JSON, under the name of its window', async () => {
    const bridge = opened();
    expect(await bridge.call('settings.get', {})).toBe('{"ok":true,"value":{}}');
    const [{ path, init }] = asked as [(typeof asked)[0]];
    expect({ path, method: init?.method, body: init?.body }).toEqual({
      ...{ path: '/call/settings.get', method: 'POST', body: '{}' },
    });
    expect(newest().address).toBe(
      `/events?window=${(init?.headers as Record<string, string> | undefined)?.['x-window'] ?? ''}`,
    );
  });

  it('asks for the snapshot only when events arrive, so that no change is lost', async () => {
    const bridge = opened();
    const snapshot = bridge.call('app.snapshot', {});
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([]);
    newest().send('ready');
    await snapshot;
    expect(asked).toHaveLength(1);
  });

  it('hands events to listeners, until they stop', () => {
    const bridge = opened();
    const heard: string[] = [];
    const stop = bridge.on('schedule.changed', (payload) => heard.push(payload));
    newest().send('schedule.changed', '{"a":1}');
    stop();
    newest().send('schedule.changed', '{"a":2}');
    expect(heard).toEqual(['{"a":1}']);
  });

  it('says once that the connection is lost, tries again ever more slowly, and says when it is back', async () => {
    const bridge = opened();
    const heard: string[] = [];
    bridge.on('connection', (payload) => heard.push(payload));
    newest().send('ready');
    answer = () => Promise.reject(new TypeError('no network'));
    for (const wait of [500, 1000, 2000, 5000, 10_000, 10_000]) {
      const count = sources.length;
      newest().dispatchEvent(new Event('error'));
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(sources).toHaveLength(count);
      await vi.advanceTimersByTimeAsync(1);
      expect(sources).toHaveLength(count + 1);
    }
    newest().send('ready');
    expect(heard).toEqual(['{"lost":true}', '{"lost":false}']);
    expect(signedOut).not.toHaveBeenCalled();
  });

  it('takes silence for a lost connection', async () => {
    opened();
    newest().send('ready');
    await vi.advanceTimersByTimeAsync(15_000);
    newest().send('ping');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(newest().closed).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sources[0]?.closed).toBe(true);
  });

  it('shows the sign-in when the server no longer knows this browser', async () => {
    const bridge = opened();
    answer = () => json({ ok: false, error: { code: 'web/signed-out', message: 'Sign in first.' } }, 401);
    await bridge.call('settings.get', {});
    expect(signedOut).toHaveBeenCalledTimes(1);
    newest().dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(signedOut).toHaveBeenCalledTimes(2);
    expect(sources).toHaveLength(1);
  });

  it('answers with an error if the server does not, or a proxy does in its place', async () => {
    const bridge = opened();
    answer = () => Promise.reject(new TypeError('no network'));
    expect(JSON.parse(await bridge.call('settings.get', {}))).toMatchObject({ error: { code: 'web/unreachable' } });
    answer = () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(JSON.parse(await bridge.call('settings.get', {}))).toMatchObject({
      error: { code: 'web/unreachable', message: 'The server did not answer the request (HTTP 502).' },
    });
  });
});
