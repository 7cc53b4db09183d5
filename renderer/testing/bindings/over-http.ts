import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { serveHttpAgents } from '../../../main/mcp-server/connection/http-agents.ts';
import { temporaryDir } from '../../../main/testing/temporary-dir.ts';
import { webSide } from '../../../main/web/web-side.ts';
import { readBridge } from '../../bridge/read-bridge.ts';
import { WebBridge } from '../../bridge/web-bridge.ts';
import type { Binding } from './bound-window.ts';
import { HttpEvents } from './http-events.ts';

const { fetch: realFetch } = globalThis;

/** The real server on 127.0.0.1, and the bridge of a page in a browser. The test ends with `vi.unstubAllGlobals()`. */
export const overHttp: Binding = {
  name: 'HTTP with server-sent events',
  open: async ({ application, importFile }) => {
    const pages = temporaryDir();
    writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Window</title>');
    const server = await webSide(pages).create({
      ...{ application, listen: '127.0.0.1:0', idleMs: 3_600_000, agents: serveHttpAgents, report: () => undefined },
    });
    const stop = await application.follow(server.listener);
    const [origin = '', token = ''] = (await server.listen()).split('/#token=');
    const cookie = await signIn(origin, token);
    const browser = new Browser(origin, cookie);
    vi.stubGlobal('fetch', browser.fetch);
    vi.stubGlobal('document', documentWith(importFile));
    const sources: HttpEvents[] = [];
    const newEventSource = (path: string): EventSource => {
      const source = new HttpEvents((signal) => browser.fetch(path, { signal }));
      sources.push(source);
      return source as unknown as EventSource;
    };
    const bridge = readBridge(new WebBridge({ signedOut: () => undefined, newEventSource }));
    // The events are there once this has an answer.
    await bridge.call('app.snapshot', {});
    return {
      bridge,
      close: async () => {
        browser.signOut();
        for (const source of sources) source.fail();
        stop();
        await server.close();
      },
    };
  },
};

/** What a browser adds to the requests of a page: where the page comes from, and the cookie. */
class Browser {
  readonly #origin: string;
  #cookie: string | null;

  constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  readonly fetch = (path: string, init: RequestInit = {}): Promise<Response> => {
    if (this.#cookie === null) return Promise.resolve(new Response('{}', { status: 401 }));
    const own = { origin: this.#origin, cookie: this.#cookie };
    return realFetch(`${this.#origin}${path}`, { ...init, headers: { ...(init.headers as object), ...own } });
  };

  signOut(): void {
    this.#cookie = null;
  }
}

async function signIn(origin: string, token: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin };
  const answer = await realFetch(`${origin}/sign-in`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** A page in which the person chooses this file in each dialog, and whose links go nowhere. */
function documentWith(text: string) {
  const file = new File([text], 'crontab');
  return {
    createElement: () => {
      const listeners = new Map<string, () => void>();
      return {
        files: [file],
        addEventListener: (name: string, listener: () => void) => void listeners.set(name, listener),
        click: () => listeners.get('change')?.(),
      };
    },
  };
}
