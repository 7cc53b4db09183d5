import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';
import { processesWith } from '../testing/proc-facts.ts';
import type { Execution } from '../contract/execution.ts';
import type { TaskView } from '../contract/task.ts';

const entry = resolve(import.meta.dirname, '../../e2e/fixtures/mcp-servers/mixed-faults.mjs');
const parameters = (word: string) => JSON.stringify({ word, fault: 'none', delayMs: 0 });
const limits = { timeout: 120_000 };

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine({ mcpServers: { shared: { command: process.execPath, args: [entry], keep: '10m' } } });
});
afterEach(() => cli.dispose());

async function create(name: string, schedule = '* * * * *'): Promise<TaskView> {
  const task = ['--name', name, '--schedule', schedule, '--tool', 'shared:t', '--params', parameters(name)];
  return (await cli.json('create', ...task)).answer['task'] as TaskView;
}
const logs = async () => {
  const runs = (await cli.json('runs')).answer['executions'] as Execution[];
  expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'success'));
  return Promise.all(runs.map(async ({ executionId }) => (await cli.run('log', executionId)).stdout));
};
const started = (texts: readonly string[]) => texts.filter((text) => text.includes('Starts the server')).length;

describe('a server that is kept', limits, () => {
  it('is shared by the runs of one fire without the app, and ends with the fire', async () => {
    const { timingId } = await create('one');
    for (const name of ['two', 'three']) await create(name);
    expect(
      await cli.run(
        '_timing-run',
        timingId ?? '',
        '--slot',
        new Date(Date.now() - 60_000).toISOString().slice(0, 16) + ':00.000Z',
      ),
    ).toMatchObject({ code: 0 });
    const texts = await logs();
    expect([texts.length, started(texts)]).toEqual([3, 1]);
    expect(processesWith(cli.dataDir)).toEqual([]);
    expect(processesWith(cli.home).filter(({ command }) => command.includes(entry))).toEqual([]);
  });

  it('serves later runs while serve runs, and ends with it', async () => {
    const { id } = await create('one', '0 0 1 1 *');
    const serve = cli.start('serve');
    onTestFinished(() => void serve.kill('SIGKILL'));
    await new Promise((ready) => serve.stdout.once('data', ready));
    for (const _run of [1, 2]) expect((await cli.json('trigger', id)).code).toBe(0);
    const texts = await logs();
    expect(started(texts)).toBe(1);
    expect(texts.filter((text) => text.includes('Uses the kept server')).length).toBe(texts.length - 1);
    serve.kill('SIGTERM');
    await new Promise((ended) => serve.once('close', ended));
    expect(processesWith(cli.home).filter(({ command }) => command.includes(entry))).toEqual([]);
  });
});
