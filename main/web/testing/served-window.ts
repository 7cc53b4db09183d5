import { readFileSync } from 'node:fs';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';
import { connect, type NetConnectOpts } from 'node:net';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { builtCommandLine, type BuiltCommandLine } from '../../testing/built-command-line.ts';
import { certificateFile } from '../../testing/http-servers/http-servers.ts';

const minuteMs = 60_000;
const clockAhead = resolve(import.meta.dirname, '../../testing/children/clock-ahead.mjs');

/** `serve --web` as it ships, in a process of its own, with a temporary home. */
export interface ServedWindow {
  readonly cli: BuiltCommandLine;
  readonly pid: number;
  /** The origin that it printed. */
  readonly origin: string;
  readonly token: string;
  /** Where a client connects: a port of 127.0.0.1, or a socket. */
  readonly place: NetConnectOpts;
  /** Ends it as a service manager does, and returns its exit code. */
  stop(): Promise<number | null>;
}

/** Moves the clock of all later commands, so that the next minute begins after this many ms. */
export function startMinuteIn(cli: BuiltCommandLine, ms: number): void {
  const aheadMs = minuteMs - ((Date.now() + ms) % minuteMs);
  Object.assign(cli.env, { NODE_OPTIONS: `--import=${clockAhead}`, NCP_TEST_CLOCK_AHEAD_MS: String(aheadMs) });
}

/** A temporary home and data directory for one test or file. */
export function commandLineForTest(): BuiltCommandLine {
  const cli = builtCommandLine();
  onTestFinished(() => cli.dispose());
  return cli;
}

/** Starts `serve --web` with these options. @throws an Error with its output if it ends before it printed its address */
export async function serveWindow(cli: BuiltCommandLine, ...options: readonly string[]): Promise<ServedWindow> {
  const child = cli.start('serve', '--web', '--no-open', '--json', ...options);
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const address = await new Promise<string>((settle, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const printed = /"address":"([^"]+)"/.exec(output)?.[1];
      if (printed !== undefined) settle(printed);
    });
    void ended.then((code) => reject(new Error(`serve ended with exit code ${code}: ${output}`)));
  });
  const [origin = '', token = ''] = address.split('/#token=');
  const listen = options[options.indexOf('--listen') + 1] ?? '';
  const place = listen.includes('/') ? { path: listen } : { host: '127.0.0.1', port: Number(new URL(origin).port) };
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { cli, pid: child.pid ?? 0, origin, token, place, stop };
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Sent {
  readonly body?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2';
}

/** Sends a request as a page of the window does: a POST if it has a body. */
export function send(window: ServedWindow, path: string, { body, headers, maxVersion }: Sent = {}): Promise<Reply> {
  const { origin, place } = window;
  const own = { host: new URL(origin).host, ...(body !== undefined && { origin, 'content-type': 'application/json' }) };
  const options = {
    ...place,
    path,
    ...('path' in place && { socketPath: place.path }),
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...own, ...headers },
    agent: false,
    // The certificate is checked for this name, whatever the Host header says.
    servername: 'localhost',
    ...(maxVersion && { maxVersion, minVersion: 'TLSv1' as const }),
  };
  const start = origin.startsWith('https:') ? requestTls : request;
  return new Promise((settle, reject) => {
    const asked = start({ ...options, ca: readFileSync(certificateFile('ca')) });
    asked.once('error', reject);
    asked.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        settle({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.end(body);
  });
}

/** Signs in and returns the cookie. */
export async function signIn(window: ServedWindow, token = window.token): Promise<string> {
  const { status, headers, text } = await send(window, '/sign-in', { body: JSON.stringify({ token }) });
  if (status !== 200) throw new Error(`signing in answered ${status}: ${text}`);
  return [headers['set-cookie']].flat()[0]?.split(';')[0] ?? '';
}

/** Within this time without news, in ms, a server has answered, or waits for more. */
const quietMs = 150;

/**
 * Sends bytes as they are, says after a while without news that no more will come, and returns all that came back before
 * the connection ended.
 */
export function sendRaw(place: NetConnectOpts, bytes: string | Buffer): Promise<string> {
  return new Promise((settle) => {
    let answer = '';
    const socket = connect(place, () => socket.write(bytes));
    socket.setTimeout(quietMs, () => socket.end());
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      socket.setTimeout(quietMs / 10);
    });
    // The server may reset a connection whose request it refuses.
    socket.once('error', () => undefined);
    socket.once('close', () => settle(answer));
  });
}

/** Returns the most memory that a process has had so far, in MiB. */
export function mostMemoryMiB(pid: number): number {
  const status = readFileSync(join('/proc', String(pid), 'status'), 'utf8');
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) / 1024;
}
