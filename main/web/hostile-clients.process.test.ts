import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import { hostileRequests } from './testing/hostile-requests.ts';
import * as served from './testing/served-window.ts';
import type { ServedWindow } from './testing/served-window.ts';

const requests = 10_000;
const atOnce = 100;
const bodyBytes = 10 * 1024 * 1024;
/** Far above what an idle `serve --web` needs, and far below what 1,000 connections and bodies of 10 MB would add up to. */
const mostMiB = 400;

/** Opens a connection that sends only this, and then waits. */
function waiting({ place }: ServedWindow, text: string): Socket {
  const socket = connect(place, () => socket.write(text)).resume();
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function fuzz(window: ServedWindow, cookie: string): Promise<ReadonlyMap<string, string>> {
  const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 0x7fff0000));
  console.log(`${requests} hostile requests: TEST_SEED=${seed}`);
  const door = { host: new URL(window.origin).host, origin: window.origin, cookie };
  const texts = fc.sample(hostileRequests(door), { seed, numRuns: requests });
  const answers = new Map<string, string>();
  const client = async (): Promise<void> => {
    for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
      answers.set(text, await served.sendRaw(window.place, text));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return answers;
}

/** A request without a session gets a page or a refusal, and none makes the server fail. */
function expectNoHarm(text: string, answer: string): void {
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  const harmless = statuses.every((status) => status < 300 || (status >= 400 && status < 500));
  const mayRead = text.includes('Cookie: ') || !answer.includes('"ok":true');
  expect({ text, answer, harmless, mayRead }).toEqual({ text, answer, harmless: true, mayRead: true });
}

it('clients that flood, stall and send garbage are refused, and a slot that falls due meanwhile runs once', async () => {
  const cli = served.commandLineForTest();
  served.startMinuteIn(cli, 12_000);
  const every = ['--schedule', '* * * * *', '--tool', 'shell:run', '--params', '{"command":"true"}'];
  expect((await cli.json('create', '--name', 'Punctual', ...every)).code).toBe(0);
  const made = await cli.json('web', 'create-token', '--name', 'wall', '--read-only');
  const window = await served.serveWindow(cli, '--listen', '127.0.0.1:0');
  const cookie = await served.signIn(window, (made.answer as { secret: string }).secret);

  const crowd = Array.from({ length: 1000 }, () => waiting(window, 'GET / HTTP/1.1\r\nHost: '));
  await expect.poll(() => crowd.filter(({ destroyed }) => destroyed).length).toBeGreaterThanOrEqual(1000 - 256);
  // web-server.test.ts shows that the server would disconnect those that it let in, too.
  for (const socket of crowd) socket.destroy();
  await expect
    .poll(() =>
      served.send(window, '/').then(
        ({ status }) => status,
        () => null,
      ),
    )
    .toBe(200);

  // These stall while the rest goes on.
  for (const text of ['', 'POST /call/settings.get HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'])
    for (let n = 0; n < 50; n += 1) waiting(window, text);
  const big = 'x'.repeat(bodyBytes);
  const headers = { cookie, 'x-window': 'window-01', connection: 'close' };
  const tooBig = Array.from({ length: 20 }, () =>
    served
      .send(window, '/call/settings.get', { body: big, headers })
      .catch((error: NodeJS.ErrnoException) => error.code),
  );
  for (const answer of await Promise.all(tooBig))
    expect(['ECONNRESET', 'EPIPE', 413]).toContain(typeof answer === 'object' ? answer.status : answer);

  for (const [text, answer] of await fuzz(window, cookie)) expectNoHarm(text, answer);
  expect((await cli.json('list')).answer).toMatchObject({ tasks: [{ name: 'Punctual', status: 'active' }] });

  const runs = async () => (await cli.json('runs', '--task', 'Punctual')).answer['executions'] as Execution[];
  await expect.poll(runs).not.toEqual([]);
  const slots = (await runs()).map(({ slot, trigger }) => `${trigger} ${slot}`);
  expect(new Set(slots).size).toBe(slots.length);
  expect((await served.send(window, '/session', { headers: { cookie } })).status).toBe(200);
  expect(served.mostMemoryMiB(window.pid)).toBeLessThan(mostMiB);
  expect(await window.stop()).toBe(0);
});
