import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import type { TaskView } from '../contract/task.ts';
import { builtCommandLine, finished, headless } from '../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine();
});
afterEach(() => cli.dispose());

const create = async (name: string, command: string, ...more: string[]): Promise<TaskView> => {
  const parameters = ['--tool', 'shell:run', '--params', JSON.stringify({ command })];
  const { answer, code } = await cli.json(
    'create',
    '--name',
    name,
    '--schedule',
    'every day at 9am',
    ...parameters,
    ...more,
  );
  if (code !== 0) throw new Error(JSON.stringify(answer));
  return answer['task'] as TaskView;
};
const executions = async (): Promise<Execution[]> => (await cli.json('runs')).answer['executions'] as Execution[];

describe('the built command line', () => {
  it('creates and runs tasks and reports on them, with the exit codes of the contract', async () => {
    const task = await create('Greet', 'echo hello; echo world >&2; exit 0');
    await create('Fail', 'exit 7');
    const good = await cli.json('trigger', 'Greet');
    expect(good).toMatchObject({
      code: 0,
      stderr: '',
      answer: { ok: true, execution: { status: 'success', taskId: task.id } },
    });
    const { executionId } = good.answer['execution'] as Execution;
    expect((await cli.run('log', executionId)).stdout).toMatch(/^\S+ out hello\n\S+ err world\n$/);
    expect(await cli.json('trigger', 'Fail')).toMatchObject({
      code: 1,
      answer: { execution: { status: 'failure', exitCode: 7 } },
    });
    expect(await cli.json('trigger')).toMatchObject({
      code: 2,
      answer: { ok: false, error: { code: 'usage/missing-argument' } },
    });
    expect(await cli.json('get', 'Nobody')).toMatchObject({
      code: 3,
      answer: { ok: false, error: { code: 'task/not-found' } },
    });
    expect(await cli.json('list')).toMatchObject({ code: 0, answer: { tasks: { length: 2 } } });
    const { code, stdout } = await cli.run('list');
    expect({ code, header: stdout.split('\n')[0] }).toMatchObject({
      code: 0,
      header: expect.stringMatching(/^NAME/) as string,
    });
    writeFileSync(join(cli.dataDir, 'schedule.json'), '{"version": "2.0.0", "tasks": {');
    await expect(create('x', 'true')).rejects.toThrow(/store\//);
    expect(await cli.json('list')).toMatchObject({ code: 4, answer: { ok: false } });
  });

  it('exits with 5 if the chosen OS scheduler does not exist here', async () => {
    const elsewhere = builtCommandLine({ osScheduler: process.platform === 'win32' ? 'launchd' : 'windows' });
    const { code, answer } = await elsewhere.json('os', 'sync');
    elsewhere.dispose();
    expect({ code, answer }).toMatchObject({
      code: 5,
      answer: { ok: false, error: { code: expect.stringMatching(/^os\//) as string } },
    });
  });

  it('writes more than a megabyte completely through a slow pipe', async () => {
    await create('Flood', 'for i in $(seq 1 24000); do echo "line $i of a log that is longer than a pipe holds"; done');
    expect((await cli.run('trigger', 'Flood')).code).toBe(0);
    const [execution] = await executions();
    const id = execution?.executionId ?? '';
    const size = statSync(execution?.logPath ?? '').size;
    expect(size).toBeGreaterThan(1_500_000);
    expect((await cli.run('log', id)).stdout).toHaveLength(size);
    expect((await cli.json('log', id)).answer['log']).toHaveLength(size);
    const slow = spawnSync(
      'sh',
      ['-c', `"$0" "$@" | (sleep 1; wc -c)`, process.execPath, headless, 'log', id, '--follow'],
      { env: cli.env, encoding: 'utf8' },
    );
    expect(Number(slow.stdout)).toBe(size);
    const gone = spawnSync(
      'sh',
      ['-c', `("$0" "$@"; echo "exit $?" >&2) | head -c 10 > /dev/null`, process.execPath, headless, 'log', id],
      { env: cli.env, encoding: 'utf8' },
    );
    expect(gone.stderr).toBe('exit 0\n');
  });

  it('works with a closed standard input, and reads it only if an option says so', async () => {
    const closed = spawnSync('sh', ['-c', '"$0" "$@" <&-', process.execPath, headless, 'list', '--json'], {
      env: cli.env,
      encoding: 'utf8',
    });
    expect(JSON.parse(closed.stdout)).toEqual({ ok: true, tasks: [] });
    const empty = spawnSync(
      'sh',
      ['-c', '"$0" "$@" <&-', process.execPath, headless, 'run', 'schedule:list', '--params', '-', '--json'],
      { env: cli.env, encoding: 'utf8' },
    );
    expect(JSON.parse(empty.stdout)).toMatchObject({ ok: false, error: { code: 'usage/invalid-json' } });
    const open = cli.start('run', 'schedule:list', '--params', '-', '--json');
    open.stdin.write('{"status":"active"}');
    expect(JSON.parse((await finished(open)).stdout)).toMatchObject({ ok: true, total: 0 });
  });

  it('cancels its run on Ctrl-C and reports it', async () => {
    await create('Long', 'sleep 60');
    const child = cli.start('trigger', 'Long', '--json');
    const ended = finished(child);
    await expect.poll(executions, { timeout: 20_000 }).toMatchObject([{ status: 'running' }]);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 130,
      answer: { execution: { status: 'cancelled' } },
    });
  });

  it('keeps a run going after --no-wait, and cancels it from another process', async () => {
    const task = await create('Short', 'sleep 1; echo done');
    await create('Long', 'sleep 60');
    const started = await cli.json('trigger', 'Short', '--no-wait');
    expect(started).toMatchObject({ code: 0, answer: { execution: { status: 'running', taskId: task.id } } });
    await expect.poll(executions, { timeout: 20_000 }).toMatchObject([{ status: 'success' }]);
    const { answer } = await cli.json('trigger', 'Long', '--no-wait');
    const { executionId } = answer['execution'] as Execution;
    const followed = finished(cli.start('log', executionId, '--follow'));
    expect(await cli.json('cancel', executionId)).toMatchObject({
      code: 0,
      answer: { execution: { status: 'cancelled' } },
    });
    expect((await followed).code).toBe(0);
    expect(await cli.json('trigger', 'Nobody', '--no-wait')).toMatchObject({ code: 3 });
  });

  it('runs a slot once, even if several processes fire it at the same time', async () => {
    const task = await create('Slot', 'echo once');
    const [slot = ''] = (await cli.json('next', task.timingId, '--count', '1')).answer['slots'] as string[];
    const fire = () => cli.json('_timing-run', task.timingId, '--slot', slot);
    const answers = await Promise.all([fire(), fire(), fire(), fire()]);
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(answers.flatMap(({ answer }) => answer['executions'] as Execution[])).toMatchObject([
      { slot, status: 'success' },
    ]);
  });

  it('loses no task when many processes create tasks at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => create(`Task ${index}`, 'true')));
    const tasks = (await cli.json('list')).answer['tasks'] as TaskView[];
    expect(tasks.map(({ name }) => name).sort()).toEqual(Array.from({ length: 8 }, (_, index) => `Task ${index}`));
    expect(new Set(tasks.map(({ timingId }) => timingId)).size).toBe(1);
  });

  it('hands runs over to `serve`, which exits on SIGTERM', async () => {
    await create('Served', 'echo from the service');
    const serving = cli.start('serve');
    let lines = '';
    serving.stdout.on('data', (chunk: Buffer) => (lines += chunk.toString()));
    const ended = finished(serving);
    await expect.poll(() => lines, { timeout: 20_000 }).toContain('"type":"started"');
    const { answer } = await cli.json('trigger', 'Served');
    const { executionId } = answer['execution'] as Execution;
    await expect.poll(() => lines).toContain(executionId);
    expect(await cli.json('serve')).toMatchObject({
      code: 1,
      answer: { ok: false, error: { code: 'control/primary-running' } },
    });
    serving.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(existsSync(join(cli.dataDir, 'control.sock'))).toBe(false);
    for (const line of lines.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('type');
  });

  it('runs more tasks at once as soon as the settings allow it', async () => {
    const limit = (concurrencyLimit: number) =>
      writeFileSync(join(cli.dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process', concurrencyLimit }));
    for (const name of ['One', 'Two']) await create(name, 'sleep 60');
    limit(1);
    const serving = cli.start('serve');
    const ended = finished(serving);
    await expect.poll(() => existsSync(join(cli.dataDir, 'control.sock')), { timeout: 20_000 }).toBe(true);
    const [slot = ''] = (await cli.json('next', 'daily-9am', '--count', '1')).answer['slots'] as string[];
    const fired = finished(cli.start('_timing-run', 'daily-9am', '--slot', slot));
    await expect.poll(executions, { timeout: 20_000 }).toHaveLength(1);
    limit(2);
    await expect.poll(executions, { timeout: 20_000 }).toMatchObject([{ status: 'running' }, { status: 'running' }]);
    serving.kill('SIGTERM');
    await Promise.all([ended, fired]);
  });

  it('leaves no process behind when its terminal is closed', async () => {
    await create('Long', 'sleep 60');
    const child = spawn(process.execPath, [headless, 'trigger', 'Long'], { env: cli.env, stdio: 'ignore' });
    await expect.poll(executions, { timeout: 20_000 }).toMatchObject([{ status: 'running' }]);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const [execution] = await executions();
    await cli.json('_timing-run', execution?.timingId ?? '');
    expect(await executions()).toMatchObject([{ status: 'interrupted' }]);
  });
});
