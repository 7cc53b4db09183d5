import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { WebOptions } from '../../application/web-side.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { serveHttpAgents } from '../../mcp-server/connection/http-agents.ts';
import { webSide } from '../web-side.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** What a browser adds to the requests of a page of the server. */
export interface Ask extends Pick<RequestOptions, 'method'> {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
  /** The `name=value` of the session. */
  readonly cookie?: string;
  readonly withoutOrigin?: boolean;
}

/** A web server over real HTTP on loopback, and a scheduler with its ports in memory. */
export class WebFixture {
  readonly application: MemoryApplication;
  readonly origin: string;
  readonly startToken: string;
  readonly reported: string[];
  /** The port of the server. */
  readonly port: number;

  private constructor(application: MemoryApplication, address: string, reported: string[]) {
    this.application = application;
    this.reported = reported;
    const [origin = '', token = ''] = address.split('/#token=');
    this.origin = origin;
    this.startToken = token;
    this.port = Number(new URL(origin).port);
  }

  static async start(change: Partial<WebOptions> = {}): Promise<WebFixture> {
    const application = memoryApplication();
    const reported: string[] = [];
    const pages = temporaryDir();
    mkdirSync(join(pages, 'assets'));
    writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Window</title>');
    writeFileSync(join(pages, 'assets/index-1.js'), 'console.log("window");'.repeat(100));
    writeFileSync(join(pages, 'secret.key'), 'not a page');
    const report = (message: string, details = {}) => void reported.push(`${message} ${JSON.stringify(details)}`);
    const options = {
      application,
      listen: '127.0.0.1:0',
      idleMs: 3_600_000,
      report,
      agents: serveHttpAgents,
      ...change,
    };
    const server = await webSide(pages).create(options);
    const primary = await application.lead({ listener: server.listener, show: () => undefined });
    primary.start();
    const address = await server.listen();
    onTestFinished(async () => {
      await server.close();
      await primary.stop();
      application.dispose();
    });
    return new WebFixture(application, address, reported);
  }

  /** Sends a request as a page of the server would, unless `ask` says otherwise. */
  ask(path: string, { method = 'GET', headers, body, cookie, withoutOrigin = false }: Ask = {}): Promise<Answer> {
    const posted = { 'content-type': 'application/json', ...(!withoutOrigin && { origin: this.origin }) };
    const own = method === 'POST' ? posted : {};
    const all = { host: new URL(this.origin).host, ...own, ...(cookie && { cookie }), ...headers };
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.port, path, method, headers: all, agent: false });
      asked.once('error', reject);
      asked.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isPlain = response.headers['content-encoding'] === undefined;
          const isJson = isPlain && response.headers['content-type']?.startsWith('application/json') === true;
          const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      });
      asked.end(body);
    });
  }

  /** Signs in and returns the cookie. */
  async signIn(token = this.startToken): Promise<string> {
    const { headers, status } = await this.ask('/sign-in', { method: 'POST', body: JSON.stringify({ token }) });
    if (status !== 200) throw new Error(`signing in answered ${status}`);
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  call(name: string, input: unknown, cookie: string, headers = {}): Promise<Answer> {
    const window = { 'x-window': 'window-01', ...headers };
    return this.ask(`/call/${name}`, { method: 'POST', body: JSON.stringify(input), cookie, headers: window });
  }

  /** Opens the events of a window. Returns what has arrived so far, and how to leave. */
  async events(cookie: string, window = 'window-01'): Promise<{ readonly text: () => string; leave(): void }> {
    let text = '';
    const headers = { host: new URL(this.origin).host, cookie };
    const asked = request({
      host: '127.0.0.1',
      port: this.port,
      path: `/events?window=${window}`,
      headers,
      agent: false,
    });
    await new Promise<void>((resolve, reject) => {
      asked.once('error', reject);
      asked.once('response', (response) => {
        asked.off('error', reject);
        // The server may end the connection, which is what some tests wait for.
        for (const stream of [asked, response]) stream.on('error', () => (text += '[ended]'));
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.once('end', () => (text += '[ended]'));
        resolve();
      });
      asked.end();
    });
    return { text: () => text, leave: () => void asked.destroy() };
  }
}

/** A task as the editor saves it. */
export const nightly = {
  ...{ name: 'Nightly', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'print done' } },
  validate: true,
};
