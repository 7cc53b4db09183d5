import { PassThrough, Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runJson, runLine } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import type { MemoryApplication } from '../testing/memory-application.ts';
import { commandNames, loadAllCommands, typedNames } from './command-table.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const text = (...argv: string[]) => runLine(application, argv);

it.each([
  ['create', '--name', 'a', '--on-demand', '--tool', 'shell:run', '--params', '-'],
  ['lint', '-', '--kind', 'crontab'],
])('%s reads standard input to a bound, not to its end', async (...argv) => {
  const piece = Buffer.alloc(1024 * 1024, ' ');
  let pieces = 0;
  const endless = function* () {
    for (; pieces < 200; pieces += 1) yield piece;
  };
  const { code, stderr } = await runLine(application, argv, { stdin: Readable.from(endless()) });
  expect(code).toBe(2);
  expect(stderr).toContain('Standard input is longer than 64 MiB, the most that a command reads.');
  expect(pieces).toBeLessThan(100);
});

describe('help and version', () => {
  it('lists every command, but no internal one', async () => {
    const { code, stdout } = await text('--help');
    expect(code).toBe(0);
    for (const name of commandNames) expect(stdout).toContain(`\n  ${name} `);
    expect(stdout).not.toMatch(/^ {2}_/m);
    expect(await text('help')).toEqual({ code: 0, stdout, stderr: '' });
  });

  it.each([
    ['timings', 'groups'],
    ['executions', 'runs'],
    ['clients list', 'agents list'],
    ['clients set', 'agents set'],
    ['clients undo', 'agents undo'],
    ['clients revoke', 'agents revoke'],
  ])('%s is an alias of %s that help names', async (alias, name) => {
    const help = await text(...name.split(' '), '--help');
    expect(help.stdout).toContain(`\nAlias: ${alias}.\n`);
    expect(await text(...alias.split(' '), '--help')).toEqual(help);
    expect(await text('help', ...alias.split(' '))).toEqual(help);
    expect(typedNames).toContain(alias);
    const general = (await text('--help')).stdout.replaceAll(/\s+/g, ' ');
    expect(general).toContain(`Alias: ${alias}.`);
  });

  it('an alias answers what its command answers', async () => {
    await text(
      'create',
      '--name',
      'a',
      '--schedule',
      '@daily',
      '--tool',
      'shell:run',
      '--params',
      '{"command":"true"}',
    );
    await text('trigger', 'a');
    expect(await text('executions', '--task', 'a', '--json')).toEqual(await text('runs', '--task', 'a', '--json'));
    expect(await text('timings')).toEqual(await text('groups'));
    expect(await text('clients', 'list')).toEqual(await text('agents', 'list'));
  });

  it.each(commandNames.map((name) => [name]))('%s has help with an example that parses', async (name) => {
    const { code, stdout } = await text(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: ncp-scheduler ${name}`);
    expect(stdout).toContain('Examples:\n  # ');
    expect(await text('help', ...name.split(' '))).toEqual({ code: 0, stdout, stderr: '' });
    expect((await runJson(application, [...name.split(' '), '--help'])).answer).toEqual({ ok: true, help: stdout });
  });

  it('shows the version, with or without a command', async () => {
    expect((await text('--version')).stdout).toBe('1.2.3\n');
    expect((await runJson(application, ['--version'])).answer).toEqual({ ok: true, version: '1.2.3' });
    expect((await text('list', '--version')).stdout).toBe('1.2.3\n');
  });

  it('does not load the application for help', async () => {
    const run = await runLine(application, ['create', '--help'], {
      application: () => Promise.reject(new Error('the application was loaded')),
    });
    expect(run.code).toBe(0);
  });
});

describe('bad usage', () => {
  it.each([
    [[], 'usage/missing-command'],
    [['lst'], 'usage/unknown-command'],
    [['os'], 'usage/unknown-command'],
    [['os', 'lst'], 'usage/unknown-command'],
    [['clients'], 'usage/unknown-command'],
    [['__proto__'], 'usage/unknown-command'],
    [['get'], 'usage/missing-argument'],
    [['get', ''], 'task/not-found'],
    [['list', '--stat', 'active'], 'usage/unknown-option'],
    [['list', '--status'], 'usage/invalid-arguments'],
    [['list', '--status=later'], 'usage/invalid-option'],
    [['list', '--data-dir'], 'usage/invalid-arguments'],
  ])('%j answers %s', async (argv, code) => {
    const { answer, code: exit } = await runJson(application, argv);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(exit).toBe(code === 'task/not-found' ? 3 : 2);
    const shown = await text(...argv);
    expect(shown.stdout).toBe('');
    expect(shown.stderr).toMatch(/^error: .+\n$/);
    expect(shown.code).toBe(exit);
  });

  it('suggests the closest command or option', async () => {
    expect((await text('lst')).stderr).toContain('Did you mean list?');
    expect((await text('list', '--statsu', 'x')).stderr).toContain('Did you mean --status?');
    expect((await text('os')).stderr).toContain('os list, os sync, os remove, os preview');
    expect((await text('clients')).stderr).toContain('clients list');
    expect((await text('executons')).stderr).toContain('Did you mean executions?');
  });
});

describe('the words of a line', () => {
  it('accepts global options anywhere, and takes everything after -- literally', async () => {
    const seen: (string | null)[] = [];
    const open = (options: { readonly dataDir: string | null }) => {
      seen.push(options.dataDir);
      return Promise.resolve(application);
    };
    await runLine(application, ['--data-dir', 'a', 'list', '--json'], { application: open });
    await runLine(application, ['--json', 'os', '--data-dir=b', 'list'], { application: open });
    await runLine(application, ['get', '--json', '--', '--help'], { application: open });
    expect(seen).toEqual(['a', 'b', null]);
    const odd = await runLine(application, ['get', '--json', '--', '-odd-name']);
    expect(JSON.parse(odd.stdout)).toMatchObject({ error: { code: 'task/not-found', details: { task: '-odd-name' } } });
  });
});

describe('output', () => {
  const addTask = (name: string) =>
    text('create', '--name', name, '--schedule', '@daily', '--tool', 'shell:run', '--params', '{"command":"true"}');

  it('is complete, even if it is long and its reader is slow', async () => {
    await addTask('x'.repeat(190));
    for (let index = 0; index < 40; index += 1) await text('trigger', 'x'.repeat(190));
    const slow = new Writable({
      highWaterMark: 16,
      write: (chunk: Buffer, _, done) => {
        size += chunk.length;
        setImmediate(done);
      },
    });
    let size = 0;
    const whole = (await runLine(application, ['runs', '--json'])).stdout.length;
    await runLine(application, ['runs', '--json'], { stdout: slow });
    expect(size).toBe(whole);
  });

  it('ends without an error when its reader has closed the pipe', async () => {
    await addTask('a');
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('broken pipe'), { code: 'EPIPE' })),
    });
    expect(await runLine(application, ['list'], { stdout: gone })).toMatchObject({ code: 0, stderr: '' });
  });

  it('reports an error when it cannot be written', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
    });
    const run = await runLine(application, ['list', '--json'], { stdout: full });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('no space left on device');
  });

  it('escapes names on a terminal and keeps them unchanged in JSON', async () => {
    const evil = 'a\u001b]0;owned\u0007\u001b[2J\u202eb\u009b31m\nrm -rf ~';
    expect((await addTask(evil)).code).toBe(0);
    for (const argv of [['list'], ['get', 'id-001'], ['groups'], ['trigger', 'id-001'], ['runs'], ['list', '--json']]) {
      for (const isTerminal of [true, false]) {
        const run = await runLine(application, argv, { isTerminal, columns: 200, env: { NO_COLOR: '1' } });
        // oxlint-disable-next-line no-control-regex -- these must not be printed
        expect(run.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      }
    }
    const { answer } = await runJson(application, ['get', 'id-001']);
    expect(answer['task']).toMatchObject({ name: evil });
    expect((await text('get', `no ${evil}`)).stderr).not.toContain('\u001b');
  });

  it('draws tables for terminals and plain columns for pipes', async () => {
    await addTask('Backup');
    const pipe = (await text('list')).stdout;
    expect(pipe).toMatch(/^NAME +STATUS +GROUP/);
    expect(pipe).not.toContain('\u001b');
    const colours = (await runLine(application, ['list'], { isTerminal: true, columns: 80, env: {} })).stdout;
    expect(colours).toContain('\u001b[32mactive\u001b[39m');
    // oxlint-disable-next-line no-control-regex -- colours take no columns
    for (const line of colours.replace(/\u001b\[\d+m/g, '').split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const plain = await runLine(application, ['list'], { isTerminal: true, columns: 80, env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
  });

  it('reports an unexpected error, and prints its stack only with NCP_SCHEDULER_DEBUG', async () => {
    const broken = { application: () => Promise.reject(new Error('boom')) };
    const run = await runLine(application, ['list', '--json'], broken);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, error: { code: 'internal/unexpected' } });
    expect(run.stderr).toBe('');
    const debug = await runLine(application, ['list'], { ...broken, env: { NCP_SCHEDULER_DEBUG: '1' } });
    expect(debug.stderr).toContain('at ');
  });

  it('shows progress only on a terminal', async () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true });
    await runLine(application, ['settings', 'list'], { stderr });
    expect(stderr.read()).toBeNull();
  });
});

describe('the table of commands', () => {
  it('describes every command, option and example', async () => {
    for (const command of await loadAllCommands()) {
      expect(command.summary).toMatch(/^[A-Z].*[.:]/);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const { line } of command.examples) expect(line.startsWith(command.name)).toBe(true);
      for (const option of Object.values(command.options)) expect(option.describe).toMatch(/\.$/);
    }
  });
});
