import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAllCommands } from '../command-table.ts';
import { completionScript } from './completion.ts';
import type { CompletionShell } from './completion.ts';
import { manPage } from './man-page.ts';
import { manualMarkdown } from './markdown.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ncp-manual-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A mismatch means that a file in docs/ is out of date: `npx vitest run -u main/cli/manual` updates it. */
describe('what is generated from the table of commands', () => {
  it('is docs/cli.md', async () => {
    await expect(manualMarkdown(await loadAllCommands())).toMatchFileSnapshot(join(docs, 'cli.md'));
  });

  it('is the manual page, which groff accepts without a warning', async () => {
    const page = manPage(await loadAllCommands());
    await expect(page).toMatchFileSnapshot(join(docs, 'ncp-scheduler.1'));
    if (!has('groff')) return;
    const groff = spawnSync('groff', ['-man', '-Tascii', '-ww', '-z'], { input: page, encoding: 'utf8' });
    expect(groff.stderr).toBe('');
  });
});

describe('shell completion', () => {
  const scriptFor = async (shell: CompletionShell): Promise<string> => {
    const path = join(directory, `completion.${shell}`);
    writeFileSync(path, completionScript(shell, await loadAllCommands()));
    return path;
  };

  it.each([
    ['', ['create', 'os', 'doctor']],
    ['tr', ['trigger']],
    ['os ', ['list', 'sync', 'preview']],
    ['os sy', ['sync']],
    ['clients s', ['set']],
    ['timi', ['timings']],
    ['executions --lim', ['--limit']],
    ['create --na', ['--name']],
    ['create --overlap ', ['skip', 'buffer-one', 'allow-all']],
    ['os preview --kind sy', ['systemd']],
    ['--data-dir /tmp os preview --ki', ['--kind']],
    // The names of these machines are also commands.
    ['--on web tr', ['trigger']],
    ['--on os os preview --ki', ['--kind']],
    ['completion f', ['fish']],
  ])('bash completes "%s"', async (line, expected) => {
    const words = ['ncp-scheduler', ...line.split(' ')];
    const setUp = `source '${await scriptFor('bash')}'; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})`;
    const run = `${setUp}; COMP_CWORD=${words.length - 1}; _ncp_scheduler; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', run], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const found = stdout.split('\n').filter((word) => word !== '');
    for (const word of expected) expect(found).toContain(word);
    expect(found).not.toContain('_timing-run');
    if (expected.length === 1) expect(found).toEqual(expected);
  });

  it.for([
    ['tr', ['trigger']],
    ['os sy', ['sync']],
    ['create --overlap buffer', ['buffer-all', 'buffer-one']],
    ['os preview --kind sy', ['systemd']],
    ['--on web tr', ['trigger']],
    ['--on web os sy', ['sync']],
  ] as const)('fish completes "%s"', async ([line, expected], { skip }) => {
    if (!has('fish')) skip('fish is not installed');
    const script = `source '${await scriptFor('fish')}'; complete -C 'ncp-scheduler ${line}'`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const found = stdout.split('\n').map((entry) => entry.split('\t')[0]);
    expect(found.filter((word) => word !== '')).toEqual(expected);
  });

  /** A fake program that offers three tasks and records how it was called. */
  const program = (): string => {
    const path = join(directory, 'ncp-scheduler');
    const body = `#!/bin/sh\necho "$*" >> '${directory}/asked'\nprintf 'Water plants\\tactive\\nWalk\\tpaused\\nRun\\t\\n'\n`;
    writeFileSync(path, body, { mode: 0o755 });
    return path;
  };

  it.each([
    [
      ['get', 'Wa'],
      ['Water\\ plants', 'Walk'],
    ],
    [['get', 'Water\\ p'], ['Water\\ plants']],
    [['get', '"Water p'], ['Water plants']],
    [['runs', '--task', 'R'], ['Run']],
    [['executions', '--task', 'R'], ['Run']],
    [
      ['--data-dir', '/tmp/x', 'log', ''],
      ['Water\\ plants', 'Walk', 'Run'],
    ],
  ])('bash completes values for %j', async (line, expected) => {
    writeFileSync(join(directory, 'asked'), '');
    const words = [program(), ...line].map((word) => `'${word}'`).join(' ');
    const run = `source '${await scriptFor('bash')}'; COMP_WORDS=(${words}); COMP_CWORD=${line.length}; _ncp_scheduler; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', run], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((word) => word !== '')).toEqual(expected);
    const asked = readFileSync(join(directory, 'asked'), 'utf8').trim();
    expect(asked).toBe(line[0] === '--data-dir' ? '--data-dir /tmp/x _complete RUN' : '_complete TASK');
  });

  it.for([
    ['get Wa', ['Walk', 'Water plants']],
    ['runs --task R', ['Run']],
  ] as const)('fish completes values for "%s"', async ([line, expected], { skip }) => {
    if (!has('fish')) skip('fish is not installed');
    program();
    const script = `set -x PATH '${directory}' $PATH; source '${await scriptFor('fish')}'; complete -C 'ncp-scheduler ${line}'`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const found = stdout.split('\n').map((entry) => entry.split('\t')[0]);
    expect(found.filter((word) => word !== '').sort()).toEqual(expected);
  });

  it('zsh asks the program for values', async ({ skip }) => {
    if (!has('zsh')) skip('zsh is not installed');
    const setUp = `compdef() { : }; compadd() { print -l -- \${(P)2} }; source '${await scriptFor('zsh')}'`;
    const ask = `ncp_program='${program()}'; ncp_data_dir=(); _ncp_scheduler_lookup TASK`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', `${setUp}; ${ask}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('Water plants\nWalk\nRun\n');
  });

  it('PowerShell: matches the golden file', async () => {
    const some = (await loadAllCommands()).filter(({ name }) => ['get', 'os list', 'completion'].includes(name));
    await expect(completionScript('powershell', some)).toMatchFileSnapshot(
      join(import.meta.dirname, 'golden', 'completion.ps1'),
    );
  });

  it('zsh accepts its script', async ({ skip }) => {
    if (!has('zsh')) skip('zsh is not installed');
    const script = `autoload -U compinit; compinit -u -d '${join(directory, 'zcompdump')}'; source '${await scriptFor('zsh')}'; whence -w _ncp_scheduler`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('_ncp_scheduler: function\n');
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'] as const)('%s: has every command and option', async (shell) => {
    const commands = await loadAllCommands();
    const script = completionScript(shell, commands);
    for (const { name, aliases = [], options } of commands) {
      for (const word of [name, ...aliases].join(' ').split(' ')) expect(script).toContain(word);
      for (const option of Object.keys(options)) expect(script).toContain(option);
    }
  });
});
