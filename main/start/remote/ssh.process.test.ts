import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommandLine, finished, headless } from '../../testing/built-command-line.ts';
import type { BuiltCommandLine, CommandLineRun } from '../../testing/built-command-line.ts';
import { noSshServer, startSshServer, type SshServer } from '../../testing/ssh-server.ts';

const missing = noSshServer();
const tricky = `two  words "quoted" it's $HOME \`id\` \\n ; & | > < * ? ~ ! # äöü 備份\nsecond line`;

describe.skipIf(missing !== null)(`over a real SSH server${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let server: SshServer;
  let local: BuiltCommandLine;
  beforeAll(async () => {
    server = await startSshServer();
    local = builtCommandLine();
    await on('server', 'settings', 'set', 'osScheduler', 'in-process');
  });
  afterAll(async () => {
    local.dispose();
    await server.dispose();
  });

  const start = (...argv: readonly string[]) =>
    spawn(process.execPath, [headless, ...argv], {
      env: { ...local.env, PATH: `${server.clientBin}:${local.env['PATH'] ?? ''}` },
    });
  const on = (machine: string, ...argv: readonly string[]): Promise<CommandLineRun> =>
    finished(start('--on', machine, ...argv));
  const json = async (machine: string, ...argv: readonly string[]) => {
    const run = await on(machine, ...argv, '--json');
    return { ...run, answer: JSON.parse(run.stdout) as Record<string, never> };
  };
  const create = (name: string, command: string) =>
    json('server', 'create', '--name', name, '--schedule', 'every day at 9am', ...parameters({ command }));
  const parameters = (value: object) => ['--tool', 'shell:run', '--params', JSON.stringify(value)];

  it('creates, runs and lists tasks there, with output and exit codes as on this machine', async () => {
    expect(await create('Fine', 'echo hello')).toMatchObject({ code: 0, stderr: '', answer: { ok: true } });
    await create('Broken', 'exit 7');
    expect(await json('server', 'trigger', 'Fine')).toMatchObject({
      code: 0,
      answer: { execution: { status: 'success' } },
    });
    expect(await json('server', 'trigger', 'Broken')).toMatchObject({
      code: 1,
      answer: { execution: { exitCode: 7 } },
    });
    expect(await json('server', 'get', 'Nobody')).toMatchObject({
      code: 3,
      answer: { error: { code: 'task/not-found' } },
    });
    expect(await on('server', 'trigger')).toMatchObject({ code: 2, stdout: '' });
    expect((await on('server', 'log', 'Fine')).stdout).toMatch(/ out hello\n$/);
    expect((await local.json('list')).answer).toMatchObject({ tasks: [] });
  });

  it('sends every argument and standard input unchanged', async () => {
    const made = await json(
      'server',
      'create',
      '--name',
      'Tricky',
      '--schedule',
      'every hour',
      ...parameters({ command: 'true' }),
      '--description',
      tricky,
    );
    expect(made.answer).toMatchObject({ task: { description: tricky } });
    const child = start('--on', 'server', 'update', 'Tricky', '--params', '-', '--json');
    child.stdin.write(JSON.stringify({ command: `echo ${tricky}` }));
    const { stdout } = await finished(child);
    expect(JSON.parse(stdout)).toMatchObject({ task: { parameters: { command: `echo ${tricky}` } } });
  });

  it('uses the data directory of that machine that --data-dir names', async () => {
    const run = await json('server', 'list', '--data-dir', `${server.home}/other data`);
    expect(run).toMatchObject({ code: 0, answer: { tasks: [] } });
  });

  it.each([
    ['stranger', 'machine/host-key-unknown'],
    ['changed', 'machine/host-key-changed'],
    ['locked-out', 'machine/sign-in-refused'],
    ['closed', 'machine/unreachable'],
    ['nowhere', 'machine/host-not-found'],
  ])('says what is wrong with the host %s', async (host, code) => {
    expect(await json(host, 'list')).toMatchObject({ code: 1, stderr: '', answer: { ok: false, error: { code } } });
  });

  it('says that the program is not there, and finds it by its path', async () => {
    const add = (name: string, program: string) =>
      finished(start('machines', 'add', name, 'server', '--program', program));
    await add('bare', '/nowhere/ncp-scheduler');
    expect(await json('bare', 'list')).toMatchObject({ code: 1, answer: { error: { code: 'machine/not-installed' } } });
    await add('full', `${server.serverBin}/ncp-scheduler`);
    expect(await on('full', '--version')).toMatchObject({ code: 0, stderr: '' });
    const tested = await finished(start('machines', 'test', 'full', '--json'));
    expect(JSON.parse(tested.stdout)).toMatchObject({ test: { sameContract: true, machine: { timezone: 'UTC' } } });
  });

  it('follows a log live, and ends the command there on Ctrl+C', async () => {
    await create('Long', 'echo begun; sleep 600');
    const trigger = start('--on', 'server', 'trigger', 'Long');
    const triggered = finished(trigger);
    await expect
      .poll(async () => (await json('server', 'runs', '--task', 'Long')).answer['executions'])
      .toHaveLength(1);
    const follow = start('--on', 'server', 'log', 'Long', '--follow');
    let log = '';
    follow.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    await expect.poll(() => log).toContain('out begun');
    trigger.kill('SIGINT');
    // By name, so that a command which never ends is known.
    const code = (child: typeof trigger, what: string) =>
      expect.poll(() => child.exitCode, { timeout: 120_000, message: `the exit code of ${what}` });
    await code(trigger, 'trigger').toBe(130);
    await triggered;
    // The run has ended with its command, and with it the log.
    await code(follow, 'log --follow').toBe(0);
    expect((await json('server', 'runs', '--task', 'Long')).answer['executions']).toMatchObject([
      { status: 'cancelled' },
    ]);
  });

  it('says that the connection was lost in the middle of a log', async () => {
    await create('Slow', 'echo begun; sleep 600');
    await on('server', 'trigger', 'Slow', '--no-wait');
    let begun = false;
    const watch = start('--on', 'server', 'log', 'Slow', '--follow');
    watch.stdout.on('data', (chunk: Buffer) => (begun ||= chunk.includes('begun')));
    await expect.poll(() => begun).toBe(true);
    server.cutConnections();
    const lost = expect.stringContaining('The connection to server was lost') as string;
    expect(await finished(watch)).toMatchObject({ code: 1, stderr: lost });
    // The run belongs to that machine.
    const { answer } = await json('server', 'runs', '--task', 'Slow');
    expect(answer['executions']).toMatchObject([{ status: 'running' }]);
    const [{ executionId }] = answer['executions'] as unknown as [{ executionId: string }];
    expect(await on('server', 'cancel', executionId)).toMatchObject({ code: 0 });
  });

  it('says that the connection was lost in the middle of a command, which ends there with its run', async () => {
    await create('Cut off', 'echo begun; sleep 600');
    const runs = async () => (await json('server', 'runs', '--task', 'Cut off')).answer['executions'];
    const trigger = finished(start('--on', 'server', 'trigger', 'Cut off'));
    await expect.poll(runs).toMatchObject([{ status: 'running' }]);
    server.cutConnections();
    const lost = expect.stringContaining('The connection to server was lost') as string;
    expect(await trigger).toMatchObject({ code: 1, stderr: lost });
    await expect.poll(runs).toMatchObject([{ status: 'cancelled' }]);
  });
});
