import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import type { Execution } from '../execution.ts';
import { builtCommandLine, finished } from '../../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../../testing/built-command-line.ts';

/** What a shell would take apart, expand or run if it were not quoted. */
const awkward = 'my "old" it\'s $HOME `id` & more; #1';

let cli: BuiltCommandLine;
let bin: string;
beforeEach(() => {
  cli = builtCommandLine();
  bin = join(cli.home, 'bin');
  mkdirSync(bin);
  const lines = `export PATH="$HOME/bin:$PATH"\n`;
  for (const name of ['.profile', '.bash_profile', '.zprofile']) writeFileSync(join(cli.home, name), lines);
});
afterEach(() => cli.dispose());

/** Puts a program before all others, which fails with exit code 64 unless it gets exactly these arguments. */
function pretend(program: string, args: readonly string[], body: string): void {
  const checks = args.map((arg, at) => `[ "\${${at + 1}}" = '${arg.replaceAll("'", `'\\''`)}' ] || exit 64`);
  const lines = ['#!/bin/sh', `[ $# -eq ${args.length} ] || exit 64`, ...checks, body, ''];
  writeFileSync(join(bin, program), lines.join('\n'));
  chmodSync(join(bin, program), 0o755);
}

const isInstalled = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
const needs = (context: TestContext, program: string): void => {
  if (!isInstalled(program)) context.skip(`${program} is not installed`);
};

/** Creates the task of a recipe, runs it once and returns the run. */
async function runOf(recipe: string, fields: Readonly<Record<string, string>>): Promise<Execution> {
  const set = Object.entries(fields).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const { answer } = await cli.json('recipes', 'create', recipe, ...set, '--no-os');
  expect(answer).toMatchObject({ ok: true });
  const { id } = answer['task'] as { id: string };
  return (await cli.json('trigger', id)).answer['execution'] as Execution;
}

function folder(name: string): string {
  const path = join(cli.home, name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function setPassword(value: string): Promise<void> {
  const child = cli.start('secrets', 'set', 'RESTIC_PASSWORD');
  child.stdin.write(value);
  expect((await finished(child)).code).toBe(0);
}

describe('restic-backup', () => {
  it('gives restic the repository, the folder and the password as they are', async () => {
    await setPassword('p"a\'s $s');
    const source = `~/${awkward}`;
    const repository = join(cli.home, 'repo & co');
    const body = `[ "$RESTIC_PASSWORD" = 'p"a'\\''s $s' ] || exit 12\necho "snapshot 1a2b3c4d saved"`;
    pretend('restic', ['--repo', repository, 'backup', join(cli.home, awkward)], body);
    expect(await runOf('restic-backup', { folder: source, repository })).toMatchObject({ status: 'success' });
  });

  it('fails if restic saved no snapshot, even with exit code 0', async () => {
    await setPassword('p');
    pretend('restic', ['--repo', '/r', 'backup', '/f'], 'echo "nothing to do"');
    expect(await runOf('restic-backup', { folder: '/f', repository: '/r' })).toMatchObject({ status: 'failure' });
  });

  it('makes a snapshot with the real restic', async (context) => {
    needs(context, 'restic');
    const [source, repository] = [folder(awkward), join(cli.home, 'repo & co')];
    writeFileSync(join(source, 'a.txt'), 'a');
    const env = { ...cli.env, RESTIC_PASSWORD: 'secret' };
    execFileSync('restic', ['--repo', repository, 'init'], { env });
    await setPassword('secret');
    expect(await runOf('restic-backup', { folder: source, repository })).toMatchObject({ status: 'success' });
    const listed = execFileSync('restic', ['--repo', repository, 'ls', 'latest'], { env, encoding: 'utf8' });
    expect(listed).toContain(join(source, 'a.txt'));
  });
});

describe('rsync-backup', () => {
  it('gives rsync both folders as they are', async () => {
    const args = ['--archive', '--stats', `${join(cli.home, awkward)}/`, 'me@host:/a b/'];
    pretend('rsync', args, 'echo "Number of files: 3 (reg: 2, dir: 1)"');
    const fields = { folder: `~/${awkward}`, copy: 'me@host:/a b' };
    expect(await runOf('rsync-backup', fields)).toMatchObject({ status: 'success' });
  });

  it('copies with the real rsync, deletes nothing, and fails for an empty source', async (context) => {
    needs(context, 'rsync');
    const [source, copy] = [folder(awkward), folder('the copy')];
    writeFileSync(join(copy, 'older.txt'), 'kept');
    const empty = await runOf('rsync-backup', { folder: source, copy });
    expect(empty.status).toBe('failure');
    writeFileSync(join(source, 'a.txt'), 'a');
    expect(await runOf('rsync-backup', { folder: source, copy })).toMatchObject({ status: 'success' });
    expect(readdirSync(copy).sort()).toEqual(['a.txt', 'older.txt']);
  });
});

it('ping-url requests the URL and looks for the text', async () => {
  const server = createServer((request, response) => response.end(`You asked for ${request.url ?? ''}`));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const { port } = server.address() as AddressInfo;
    const fields = { url: `http://127.0.0.1:${port}/a?b='c'&d`, text: 'asked for /a?b=' };
    expect(await runOf('ping-url', fields)).toMatchObject({ status: 'success' });
  } finally {
    server.close();
  }
});

describe('certbot-renewal', () => {
  const then = `systemctl reload nginx && echo "it's $RENEWED_LINEAGE"`;
  const args = ['renew', '--non-interactive', '--no-random-sleep-on-renew', '--cert-name', 'example.org'];

  it.each([
    ['was renewed', 'echo "Congratulations, all renewals succeeded:"', 'success'],
    ['is not due', 'echo "The following certificates are not due for renewal yet:"', 'success'],
    ['was not found by a certbot that says nothing', 'true', 'failure'],
  ])('a certificate that %s', async (_, body, status) => {
    pretend('certbot', [...args, '--deploy-hook', then], body);
    expect(await runOf('certbot-renewal', { certificate: 'example.org', then })).toMatchObject({ status });
  });

  it('leaves the hook out if there is none', async () => {
    pretend('certbot', args, 'echo "Certificate not yet due for renewal"');
    expect(await runOf('certbot-renewal', { certificate: 'example.org' })).toMatchObject({ status: 'success' });
  });
});

it('acme-renewal runs the program in its folder, and fails if a renewal failed', async () => {
  bin = folder(awkward);
  const args = ['--cron', '--home', bin];
  pretend('acme.sh', args, 'echo "===Starting cron==="; echo "===End cron==="');
  expect(await runOf('acme-renewal', { home: `~/${awkward}/` })).toMatchObject({ status: 'success' });
  pretend('acme.sh', args, 'echo "Error renewing a.test"; echo "===End cron==="');
  expect(await runOf('acme-renewal', { home: `~/${awkward}/` })).toMatchObject({ status: 'failure' });
});

it('mcp-digest calls the tool with its input and keeps the answer', async () => {
  const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');
  const mcpServers = { everything: { command: process.execPath, args: [everything, 'stdio'] } };
  writeFileSync(join(cli.dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process', mcpServers }));
  const run = await runOf('mcp-digest', { tool: 'everything:echo', input: JSON.stringify({ message: awkward }) });
  expect(run).toMatchObject({ status: 'success' });
  expect(run.result).toEqual({ content: [{ type: 'text', text: `Echo: ${awkward}` }] });
});

describe('git-build', () => {
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], { cwd, env: cli.env, stdio: 'pipe' });

  it('pulls with the real git and builds, and stops at the first command that fails', async (context) => {
    needs(context, 'git');
    const [origin, clone] = [folder('origin'), join(cli.home, awkward)];
    git(origin, 'init', '-q');
    git(origin, 'commit', '-q', '--allow-empty', '-m', 'first');
    git(cli.home, 'clone', '-q', origin, clone);
    writeFileSync(join(origin, 'new file'), 'pulled');
    git(origin, 'add', '.');
    git(origin, 'commit', '-q', '-m', 'second');
    const build = `cp 'new file' "out file"; echo built # done`;
    expect(await runOf('git-build', { folder: `~/${awkward}`, build })).toMatchObject({ status: 'success' });
    expect(readFileSync(join(clone, 'out file'), 'utf8')).toBe('pulled');
    const broken = await runOf('git-build', { folder: clone, build: 'false; echo built' });
    expect(broken.status).toBe('failure');
  });
});

it('rotate-logs compresses what is old, deletes what is older, and leaves the rest', async () => {
  const logs = folder(`${awkward}/deep`);
  const age = (name: string, days: number) => {
    const seconds = Date.now() / 1000 - days * 86_400;
    writeFileSync(join(logs, name), name);
    utimesSync(join(logs, name), seconds, seconds);
  };
  age('now.log', 0);
  age("it's old.log", 2);
  age('app.log.2020-01-01.gz', 40);
  age('notes.txt', 40);
  expect(await runOf('rotate-logs', { folder: `~/${awkward}`, days: '30' })).toMatchObject({ status: 'success' });
  const left = readdirSync(logs).sort();
  expect(left).toEqual([expect.stringMatching(/^it's old\.log\.\d{4}-\d\d-\d\d\.gz$/), 'notes.txt', 'now.log']);
});
