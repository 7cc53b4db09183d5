import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SchedulerError } from '../../domain/errors.ts';
import type { ControlHandlers, ControlServer } from '../../ports/control.ts';
import { connectControl } from './client.ts';
import { controlPath } from './control-path.ts';
import { listenControl } from './server.ts';

let directory: string;
let path: string;
const open: { close(): unknown }[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ncp-control-'));
  path = join(directory, 'control.sock');
});
afterEach(async () => {
  for (const item of open.splice(0)) await item.close();
  rmSync(directory, { recursive: true, force: true });
});

const handlers = (own: Partial<ControlHandlers> = {}): ControlHandlers => ({
  ping: () => Promise.resolve({ pid: 4711, version: '1.2.3' }),
  'timing.run': (params) => Promise.resolve({ timingId: params.timingId, executions: [] }),
  'task.test': () => Promise.reject(new SchedulerError('task/not-found', 'No such task.')),
  'task.run-approved': () => Promise.reject(new SchedulerError('agent/proposal-outdated', 'It has changed.')),
  'task.test-approved': () => Promise.reject(new SchedulerError('agent/proposal-outdated', 'It has changed.')),
  'task.trigger': () => Promise.reject(new SchedulerError('task/not-found', 'No such task.', { task: 'x' })),
  'slot.run-past': () => Promise.resolve({ execution: null }),
  'slot.run-past-approved': () => Promise.resolve({ execution: null }),
  'execution.cancel': () => Promise.reject(new Error('boom')),
  'servers.kept': () => Promise.resolve({ kept: [] }),
  'servers.end': () => Promise.resolve({ kept: [] }),
  'window.show': () => Promise.resolve({}),
  ...own,
});
const serve = async (own?: Partial<ControlHandlers>): Promise<ControlServer> => {
  const server = await listenControl(path, handlers(own));
  open.push(server);
  return server;
};
const connect = async () => {
  const client = await connectControl(path, { pingTimeoutMs: 300 });
  if (client === null) throw new Error('no primary answered');
  open.push(client);
  return client;
};

describe('control channel', () => {
  it('answers each call with its result, and identifies the primary', async () => {
    await serve();
    const client = await connect();
    expect(client.primary).toEqual({ pid: 4711, version: '1.2.3' });
    expect(await client.call('timing.run', { timingId: 'daily-9am' })).toEqual({
      timingId: 'daily-9am',
      executions: [],
    });
  });

  it('matches answers to calls on one connection, whatever their order', async () => {
    const release: (() => void)[] = [];
    await serve({
      'timing.run': ({ timingId }) =>
        new Promise((resolve) => release.push(() => resolve({ timingId, executions: [] }))),
    });
    const client = await connect();
    const calls = ['a', 'b', 'c'].map((timingId) => client.call('timing.run', { timingId }));
    await expect.poll(() => release.length).toBe(3);
    for (const answer of release.reverse()) answer();
    expect((await Promise.all(calls)).map((result) => result.timingId)).toEqual(['a', 'b', 'c']);
  });

  it('transmits an error with its code, message and details', async () => {
    await serve();
    const client = await connect();
    await expect(client.call('task.trigger', { taskId: 'x' })).rejects.toMatchObject({
      code: 'task/not-found',
      message: 'No such task.',
      details: { task: 'x' },
    });
    await expect(client.call('execution.cancel', { executionId: 'e' })).rejects.toMatchObject({
      code: 'control/failed',
    });
  });

  it('makes the socket readable by its owner only', async () => {
    await serve();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o077).toBe(0);
  });

  it('is null without a socket or with a stale one, which the next primary replaces', async () => {
    expect(await connectControl(path)).toBeNull();
    await leaveStaleSocket(path);
    expect(existsSync(path)).toBe(true);
    expect(await connectControl(path)).toBeNull();
    await serve();
    expect((await connect()).primary.pid).toBe(4711);
  });

  it('refuses a second primary', async () => {
    await serve();
    await expect(listenControl(path, handlers())).rejects.toMatchObject({ code: 'control/primary-running' });
    expect((await connect()).primary.pid).toBe(4711);
  });

  it('neither replaces the socket of a primary that hangs nor waits for it without end', async () => {
    const mute = await listenMute(path);
    open.push({ close: () => mute.close() });
    expect(await connectControl(path, { pingTimeoutMs: 50 })).toBeNull();
    await expect(listenControl(path, handlers())).rejects.toMatchObject({ code: 'control/primary-running' });
  });

  it('rejects every waiting call when the primary ends', async () => {
    const server = await serve({ 'timing.run': () => new Promise(() => undefined) });
    const client = await connect();
    const call = client.call('timing.run', { timingId: 'a' });
    const lost = expect(call).rejects.toMatchObject({ code: 'control/lost' });
    expect(client.lost).toBe(false);
    await server.close();
    await lost;
    expect(client.lost).toBe(true);
    await expect(client.call('ping', {})).rejects.toMatchObject({ code: 'control/lost' });
    expect(existsSync(path)).toBe(false);
  });

  it('times out after a requested limit', async () => {
    await serve({ 'timing.run': () => new Promise(() => undefined) });
    const client = await connect();
    await expect(client.call('timing.run', { timingId: 'a' }, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'control/timeout',
    });
  });

  it('refuses unknown methods and bad parameters, and disconnects a caller that violates the protocol', async () => {
    await serve();
    const raw = createConnection(path);
    open.push({ close: () => raw.destroy() });
    let text = '';
    raw.on('data', (chunk: Buffer) => (text += chunk.toString()));
    raw.write('{"id":1,"method":"__proto__","params":{}}\n{"id":2,"method":"task.trigger","params":{}}\n');
    await expect.poll(() => text).toContain('"id":2');
    expect(text).toContain('control/unknown-method');
    expect(text).toContain('control/bad-request');
    const closed = new Promise((resolve) => raw.once('close', resolve));
    raw.write('GET / HTTP/1.1\n');
    await closed;
    expect((await connect()).primary.pid).toBe(4711);
  });

  it('answers although a crowd of callers holds half a message each', async () => {
    await serve();
    const crowd = Array.from({ length: 300 }, () => createConnection(path));
    open.push({ close: () => crowd.forEach((raw) => raw.destroy()) });
    await Promise.all(crowd.map((raw) => new Promise((resolve) => raw.write('{"id":1,"method"', resolve))));
    const client = await connectControl(path, { pingTimeoutMs: 60_000 });
    open.push({ close: () => client?.close() });
    expect(client?.primary.pid).toBe(4711);
  });
});

describe('control path', () => {
  it('is in the data directory', () => {
    expect(controlPath('/home/a/.ncp/scheduler', 'linux')).toBe('/home/a/.ncp/scheduler/control.sock');
  });
  it('is a separate named pipe for each data directory on Windows', () => {
    const digest = createHash('sha256').update('/data/a').digest('hex').slice(0, 24);
    expect(controlPath('/data/a', 'win32')).toBe(`\\\\.\\pipe\\ncp-scheduler-${digest}`);
  });
  it('is the same in every environment, also if the path is too long for the system', async ({ skip }) => {
    if (process.platform !== 'linux') skip('other systems cannot bind a socket in a folder with a longer path');
    const deep = join(directory, 'd'.repeat(90), 'e'.repeat(90));
    mkdirSync(deep, { recursive: true });
    path = controlPath(deep);
    expect(path).toBe(join(deep, 'control.sock'));
    const server = await serve();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await connect()).primary.pid).toBe(4711);
    await expect(listenControl(path, handlers())).rejects.toMatchObject({ code: 'control/primary-running' });
    await server.close();
    expect(existsSync(path)).toBe(false);
    await leaveStaleSocket(path);
    expect(existsSync(path)).toBe(true);
    await serve();
    expect((await connect()).primary.pid).toBe(4711);
  });
  it('is below 104 bytes without /proc', () => {
    const long = controlPath(join(directory, 'd'.repeat(120)), 'darwin', false);
    expect(long).toMatch(/^\/tmp\/ncp-scheduler-\d+\/ncp-[0-9a-f]{24}\.sock$/);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(103);
  });
});

describe('what is in the place of the socket', () => {
  const refusals = () => {
    const warnings: string[] = [];
    return { warnings, warn: (message: string) => void warnings.push(message) };
  };

  it.each([
    ['a folder', () => mkdirSync(path)],
    ['a file', () => writeFileSync(path, 'precious')],
    ['a link', () => symlinkSync(join(directory, 'elsewhere.sock'), path)],
  ])('is neither used nor moved if it is %s', async (kind, make) => {
    make();
    const { warnings, warn } = refusals();
    expect(await connectControl(path, { warn })).toBeNull();
    expect(warnings).toEqual([expect.stringContaining(`${path} is not a socket but ${kind}`)]);
    await expect(listenControl(path, handlers())).rejects.toMatchObject({
      code: 'control/not-a-socket',
      message: expect.stringContaining(path) as unknown,
    });
    if (kind === 'a file') expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('is not used if other users can write to it or to its folder, even if it answers', async () => {
    await serve();
    const { warnings, warn } = refusals();
    chmodSync(path, 0o666);
    expect(await connectControl(path, { warn })).toBeNull();
    chmodSync(path, 0o600);
    chmodSync(directory, 0o777);
    expect(await connectControl(path, { warn })).toBeNull();
    await expect(listenControl(path, handlers())).rejects.toMatchObject({ code: 'control/unsafe-directory' });
    chmodSync(directory, 0o755);
    expect(await connectControl(path, { warn })).not.toBeNull();
    expect(warnings).toEqual([
      expect.stringMatching(/control\.sock is not used.*counts as not running/),
      expect.stringMatching(/the folder belongs to another user, or others can write to it/),
    ]);
  });
});

function listenMute(at: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(() => undefined);
    server.listen(at, () => resolve(server));
  });
}

/** Leaves a socket file like a crashed primary: bound, without a listener. */
async function leaveStaleSocket(at: string): Promise<void> {
  const { spawnSync } = await import('node:child_process');
  const script = `require('node:net').createServer().listen(${JSON.stringify(basename(at))}, () => process.kill(process.pid, 'SIGKILL'))`;
  // From its folder, because the path may be too long.
  spawnSync(process.execPath, ['-e', script], { cwd: dirname(at) });
}
