import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cliFor, runJson, runLine } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { ElsewhereRun } from './environment.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);

/** Runs a command line, and returns what was sent to the other machine. */
async function sent(argv: readonly string[], change: Parameters<typeof runLine>[2] = {}) {
  const run = vi.fn<(options: ElsewhereRun) => Promise<number>>(() => Promise.resolve(3));
  const side = { run, test: () => Promise.reject(new Error('not asked')), aliases: () => [] };
  const result = await runLine(application, argv, { machines: () => Promise.resolve(side), ...change });
  return { ...result, options: run.mock.calls[0]?.[0] };
}

describe('--on', () => {
  it.each([
    [
      ['--on', 'web', 'list', '--json'],
      ['list', '--json'],
    ],
    [
      ['list', '--on=web', '--tag', 'a b'],
      ['list', '--tag', 'a b'],
    ],
    [
      ['os', '--on', 'web', 'list'],
      ['os', 'list'],
    ],
    [
      ['--data-dir', '/d', 'list', '--on', 'web'],
      ['--data-dir', '/d', 'list'],
    ],
    [
      ['get', '--on', 'web', '--', '--on', 'x'],
      ['get', '--', '--on', 'x'],
    ],
    [['--on', 'web', '--version'], ['--version']],
    [
      ['--on', 'web', 'no-such-command', '--what'],
      ['no-such-command', '--what'],
    ],
  ])('sends %j as %j, and returns the exit code of that machine', async (argv, words) => {
    const { code, options } = await sent(argv);
    expect(code).toBe(3);
    expect(options).toMatchObject({ machine: { host: 'web' }, command: { argv: words, terminal: null } });
  });

  it('finds a machine by its name, with its program and data directory', async () => {
    const { machine } = await ok('machines add', 'home', 'kim@nas', '--program', '/opt/ncp', '--remote-data-dir', '/d');
    expect(machine).toEqual({
      name: 'home',
      host: 'kim@nas',
      program: '/opt/ncp',
      dataDir: '/d',
      colour: null,
      notify: false,
    });
    const { options } = await sent(['--on', 'home', 'list']);
    expect(options).toMatchObject({
      machine: { host: 'kim@nas', program: '/opt/ncp' },
      command: { argv: ['--data-dir', '/d', 'list'] },
    });
    expect((await sent(['--on', 'home', 'list', '--data-dir=/e'])).options?.command.argv).toEqual([
      'list',
      '--data-dir=/e',
    ]);
  });

  it.each(['', '-oProxyCommand=touch /tmp/x', 'a b', 'web\n', 'kim@-x', 'ssh://-x', 'we\u0007b', '\u202eweb'])(
    'refuses the host %j',
    async (host) => {
      const { code, options } = await sent([`--on=${host}`, 'list']);
      expect({ code, options }).toEqual({ code: 2, options: undefined });
      expect((await fails(`--on=${host}`, 'list')).error.code).toBe('usage/invalid-machine');
      const added = await runLine(application, ['machines', 'add', 'x', '--', host]);
      expect(added).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^error: HOST: .* is not valid/) as string,
      });
    },
  );

  it.each([
    [['create', '--params', '-'], 'typed'],
    [['create', '--params=-'], 'typed'],
    [['secrets', 'set', 'TOKEN'], 'typed'],
    [['list'], ''],
    // A dash inside a text does not ask for standard input.
    [['pause', 'a-b'], ''],
  ])('sends the standard input of %j only if the command reads it', async (argv, input) => {
    const { options } = await sent(['--on', 'web', ...argv], { input: 'typed' });
    expect(options?.input).toEqual(Buffer.from(input));
  });

  it('passes the stream on for a conversation', async () => {
    const stdin = new PassThrough();
    expect((await sent(['--on', 'web', 'mcp', '--read-only'], { stdin })).options?.input).toBe(stdin);
  });

  it('asks for no secret at the terminal', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const { code, stderr } = await sent(['--on', 'web', 'secrets', 'set', 'TOKEN'], { stdin });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Pipe it in') as string });
  });

  it('carries the terminal and the mark of a run, and no other variable', async () => {
    const env = { NO_COLOR: '1', NCP_EXECUTION_ID: 'e1', PATH: '/bin', AWS_SECRET: 'x' };
    const { options } = await sent(['--on', 'web', 'list'], { env, isTerminal: true, columns: 70 });
    expect(options?.command).toMatchObject({
      terminal: { columns: 70 },
      env: { NO_COLOR: '1', NCP_EXECUTION_ID: 'e1' },
    });
    expect(Object.keys(options?.command.env ?? {})).toHaveLength(2);
  });

  it.each([
    ['approve', 'p1'],
    ['create', '--name', 'Backup', '--runs-on', 'all'],
    ['mcp', '--install', 'cursor', '--yes'],
    ['mcp', '--uninstall', 'cursor', '--yes'],
    ['run', 'schedule:add_calendar'],
  ])('refuses inside the run of a task what only a person may decide: %s %s', async (...argv) => {
    const { code, stderr, options } = await sent(['--on', 'web', ...argv], { env: { NCP_EXECUTION_ID: 'e1' } });
    expect({ code, options }).toEqual({ code: 2, options: undefined });
    expect(stderr).toContain('only a person may decide');
  });

  it('leaves options that are unknown here to the other machine, except inside the run of a task', async () => {
    const argv = ['--on', 'web', 'create', '--new-option', 'x', '--runs-on', 'all'];
    expect((await sent(argv)).options?.command.argv).toEqual(argv.slice(2));
    const { code, stderr, options } = await sent(argv, { env: { NCP_EXECUTION_ID: 'e1' } });
    expect({ code, options }).toEqual({ code: 2, options: undefined });
    expect(stderr).toContain('--new-option');
  });

  it('reports a failure of ssh as every other error', async () => {
    const lost = () => Promise.reject(new SchedulerError('machine/unreachable', 'web does not answer.'));
    const side = { run: lost, test: lost, aliases: () => [] };
    const machines = () => Promise.resolve(side);
    expect(await runJson(application, ['--on', 'web', 'list'], { machines })).toMatchObject({
      code: 1,
      answer: { ok: false, error: { code: 'machine/unreachable' } },
    });
    expect(await runLine(application, ['--on', 'web', 'list'], { machines })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: web does not answer.\n',
    });
  });
});

describe('machines', () => {
  it('are added, listed, tested, removed and brought back by undo', async () => {
    await ok('machines add', 'web', 'kim@web.example.org', '--colour', 'teal', '--notify');
    expect(await ok('machines list')).toMatchObject({
      machines: [{ name: 'web', colour: 'teal', notify: true }],
      suggestions: ['nas'],
    });
    expect((await ok('machines test', 'web')).test).toMatchObject({ version: '1.2.3', sameContract: true });
    await ok('machines remove', 'web');
    expect((await ok('machines list')).machines).toEqual([]);
    const { changes } = await ok('history');
    expect(await runJson(application, ['undo', String(changes[0]?.id)])).toMatchObject({ code: 0 });
    expect((await ok('machines list')).machines).toMatchObject([{ name: 'web' }]);
  });

  it('are named by letters, and one that was not added cannot be removed', async () => {
    expect((await runLine(application, ['machines', 'add', '--', '-x', 'web'])).stderr).toContain(
      'NAME: "-x" is not valid',
    );
    expect(await fails('machines', 'remove', 'web')).toMatchObject({ code: 3, error: { code: 'machine/not-found' } });
  });
});
