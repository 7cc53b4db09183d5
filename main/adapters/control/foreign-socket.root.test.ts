import { spawn } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { controlChannel } from './channel.ts';

const other = 65_534;
const answering = `require('node:net').createServer((socket) => socket.on('data', (line) =>
  socket.write(JSON.stringify({ id: JSON.parse(line).id, ok: true, result: { pid: 1, version: '9' } }) + '\\n')
)).listen(process.argv[1], () => console.log('ready'))`;

it('a socket that another user serves is never the running app', async ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('needs root, to serve a socket as another user');
  const dir = join(temporaryDir(), 'data');
  chmodSync(join(dir, '..'), 0o755);
  mkdirSync(dir);
  chownSync(dir, other, other);
  const fake = spawn(process.execPath, ['-e', answering, join(dir, 'control.sock')], { uid: other, gid: other });
  onTestFinished(() => void fake.kill());
  await new Promise((resolve) => fake.stdout.once('data', resolve));
  const warnings: string[] = [];
  const channel = controlChannel(dir, (message) => warnings.push(message));
  expect(await channel.connect()).toBeNull();
  // Now only the socket is foreign.
  chownSync(dir, 0, 0);
  expect(await channel.connect()).toBeNull();
  expect(warnings).toEqual([
    expect.stringContaining('the folder belongs to another user'),
    expect.stringContaining('it belongs to another user'),
  ]);
  // The same server is used once both are ours: the refusals above were for the owner alone.
  lchownSync(join(dir, 'control.sock'), 0, 0);
  const client = await channel.connect();
  expect(client?.primary.pid).toBe(1);
  client?.close();
});

it('a socket of another user in the place of our socket is not removed', async ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('needs root, to give a socket to another user');
  const dir = temporaryDir();
  const path = join(dir, 'control.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  lchownSync(path, other, other);
  const channel = controlChannel(dir, () => undefined);
  await expect(channel.listen({} as Parameters<typeof channel.listen>[0])).rejects.toMatchObject({
    code: 'control/unsafe-socket',
  });
});
