import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { builtWorker } from '../../testing/built-worker.ts';
import { processesWith } from '../../testing/proc-facts.ts';

/** Forks a worker that keeps a server, as the app does, and says so once the server runs. */
const owner = `
  const [path, keep] = process.argv.slice(1);
  const worker = require('node:child_process').fork(path, [], { serialization: 'json' });
  worker.on('message', (message) => message.state === 'started' && console.log('started'));
  worker.send(JSON.parse(keep));
`;

/** It ignores the end of its input and TERM, and has a helper in a session of its own. */
const stubborn = `trap '' TERM; setsid sleep 600 & while :; do sleep 1; done`;

it('leaves no process of a kept server when the app is killed', async () => {
  const sessionId = `kept-${randomUUID()}`;
  const env = { PATH: process.env['PATH'] ?? '' };
  const program = { sessionId, command: 'sh', args: ['-c', stubborn], cwd: null, env };
  const keep = JSON.stringify({ type: 'keep', program });
  const app = spawn(process.execPath, ['-e', owner, await builtWorker(), keep], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void app.kill('SIGKILL'));
  await new Promise((resolve) => app.stdout.once('data', resolve));
  expect(processesWith(sessionId).map(({ command }) => command)).toContain('sleep 600');
  app.kill('SIGKILL');
  await expect.poll(() => processesWith(sessionId), { timeout: 30_000 }).toEqual([]);
});
