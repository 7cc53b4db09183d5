import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import type { TaskView } from '../contract/task.ts';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';

// A server that takes requests and never answers, as one that waits for a device or a password.
const mute = { command: process.execPath, args: ['-e', 'setInterval(() => process.stdin.resume(), 1000)'] };
const limits = { timeout: 120_000 };
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine({ mcpServers: { mute } });
});
afterEach(() => cli.dispose());

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{ code: number | null; signal: string | null; output: string }>;
}

/** Starts a command and leaves its standard input open. Kills it if the test ends before it. */
function start(...argv: readonly string[]): Started {
  const child = cli.start(...argv);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended };
}

async function create(name: string, command: string, ...more: string[]): Promise<TaskView> {
  const params = JSON.stringify({ command });
  const task = ['--name', name, '--schedule', '0 9 * * *', '--tool', 'shell:run', '--params', params];
  return (await cli.json('create', ...task, ...more)).answer['task'] as TaskView;
}
const runs = async () => (await cli.json('runs')).answer['executions'] as Execution[];
const nextSlot = async (group: string) =>
  ((await cli.json('next', group, '--count', '1')).answer['slots'] as string[])[0] ?? '';

/** Resolves when the process handles signals and has waited long enough to be busy with what it never finishes. */
async function busy({ child }: Started): Promise<void> {
  const catches = async (): Promise<boolean> => {
    const { readFile } = await import('node:fs/promises');
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const caught = BigInt(`0x${/^SigCgt:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
    // SIGHUP: Node itself catches SIGTERM and SIGINT from its very start, before the product listens to any of them.
    return (caught & 1n) !== 0n;
  };
  await expect.poll(catches, { timeout: 60_000 }).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

const notLinux = process.platform === 'linux' ? '' : ' (children are found in /proc)';
describe.skipIf(notLinux)(`a signal${notLinux}`, limits, () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s cancels the runs of _timing-run', async (signal) => {
    const { timingId } = await create('Long', 'sleep 600', '--retries', '3', '--pause-after', '1');
    const firing = start('_timing-run', timingId, '--slot', await nextSlot(timingId));
    await expect.poll(runs, { timeout: 60_000 }).toMatchObject([{ status: 'running' }]);
    firing.child.kill(signal);
    expect((await firing.ended).code).toBe(exitCodes[signal]);
    expect(await runs()).toMatchObject([{ status: 'cancelled', error: { code: 'execution/quit' } }]);
    expect((await cli.json('get', 'Long')).answer).toMatchObject({ task: { status: 'active' } });
  });

  it('ends _timing-run while it waits for a retry', async () => {
    const { timingId } = await create('Flaky', 'false', '--retries', '3', '--retry-delay', '1h');
    const firing = start('_timing-run', timingId, '--slot', await nextSlot(timingId));
    await expect.poll(runs, { timeout: 60_000 }).toMatchObject([{ status: 'failure' }]);
    firing.child.kill('SIGTERM');
    expect((await firing.ended).code).toBe(143);
    expect(await runs()).toMatchObject([{ status: 'failure' }]);
  });

  it.each([
    ['tools', '--refresh'],
    ['run', 'mute:anything'],
    ['run', 'shell:run', '--params', '{"command":"sleep 600"}'],
    ['run', 'schedule:list', '--params', '-'],
    ['create', '--name', 'A', '--schedule', '0 9 * * *', '--tool', 'mute:tool'],
    ['create', '--test-run', '--name', 'A', '--schedule', '0 9 * * *', '--tool', 'shell:run', '--params', '-'],
  ])('ends `%s %s` that waits for something that never comes', async (...argv) => {
    const started = start(...argv);
    await busy(started);
    started.child.kill('SIGTERM');
    expect((await started.ended).code).toBe(143);
  });

  it.each([['serve'], ['mcp']])('ends %s in order, which is no failure', async (name) => {
    const started = start(name);
    await busy(started);
    started.child.kill('SIGTERM');
    expect(await started.ended).toMatchObject({ code: 0, signal: null });
  });

  it.each([['os', 'sync'], ['os', 'list'], ['os', 'remove', '--all'], ['doctor'], ['pause-all'], ['migrate']])(
    'ends `%s %s` while the OS scheduler does not answer',
    async (...argv) => {
      await create('Daily', 'true');
      const bin = join(cli.dataDir, 'bin');
      mkdirSync(bin);
      writeFileSync(join(bin, 'crontab'), '#!/bin/sh\nexec sleep 20\n');
      chmodSync(join(bin, 'crontab'), 0o755);
      writeFileSync(join(cli.dataDir, 'config.json'), JSON.stringify({ osScheduler: 'cron' }));
      Object.assign(cli.env, { PATH: `${bin}:${cli.env['PATH']}` });
      const started = start(...argv);
      await busy(started);
      started.child.kill('SIGINT');
      // A command that does not need the OS scheduler was done before the signal.
      expect([0, 130]).toContain((await started.ended).code);
    },
  );

  it('ends a command that waits for a running app that hangs', async () => {
    const { timingId } = await create('Daily', 'true');
    const app = createServer((socket) => {
      socket.on('data', (chunk) => {
        const { id, method } = JSON.parse(chunk.toString()) as { id: number; method: string };
        const result = { pid: process.pid, version: '1' };
        if (method === 'ping') socket.write(`${JSON.stringify({ id, ok: true, result })}\n`);
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => app.listen(join(cli.dataDir, 'control.sock'), resolve));
    onTestFinished(() => void app.close());
    const started = start('_timing-run', timingId);
    await busy(started);
    started.child.kill('SIGTERM');
    expect([0, 143]).toContain((await started.ended).code);
  });

  it('that comes a second time ends the command at once', async () => {
    await create('Stubborn', 'trap "" TERM INT; while :; do sleep 1; done');
    const started = start('trigger', 'Stubborn');
    await expect.poll(runs, { timeout: 60_000 }).toMatchObject([{ status: 'running' }]);
    const second = setInterval(() => started.child.kill('SIGINT'), 300);
    onTestFinished(() => clearInterval(second));
    expect(await started.ended).toMatchObject({ code: null, signal: 'SIGINT' });
  });
});
