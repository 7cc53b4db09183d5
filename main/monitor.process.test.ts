import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Execution } from './contract/execution.ts';
import { builtCommandLine, type BuiltCommandLine } from './testing/built-command-line.ts';
import { shellBlocks } from './testing/documents/shell-lines.ts';

// Runs the three examples of docs/monitor.md as they are written there.

const page = readFileSync(join(import.meta.dirname, '../docs/monitor.md'), 'utf8');
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

/** Returns the words of the example that creates this task, with places of this test. */
function example(name: string, replaced: Readonly<Record<string, string>>): string[] {
  const line =
    shellBlocks('docs/monitor.md', page)
      .flat()
      .find(({ text }) => text.includes(`--name "${name}"`))?.text ?? '';
  const filled = Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), line);
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${filled}`], { encoding: 'utf8' }).split('\0');
  return words.slice(1, -1);
}

/** Creates the task of an example. Each call of the returned function runs its next slot. */
async function slots(name: string, replaced: Readonly<Record<string, string>>): Promise<() => Promise<Execution>> {
  const created = (await cli.json(...example(name, replaced), '--no-os')).answer;
  expect(created).toMatchObject({ ok: true });
  const { timingId } = created['task'] as { timingId: string };
  const next = (await cli.json('next', timingId, '--count', '10')).answer['slots'] as string[];
  return async () => {
    const { answer } = await cli.json('_timing-run', timingId, '--slot', next.shift() ?? '');
    return (answer['executions'] as Execution[])[0] as Execution;
  };
}

function program(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

it('a new commit is deployed', async () => {
  const [site, origin] = [join(cli.home, 'site'), join(cli.home, 'origin')];
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.test', '-c', 'init.defaultBranch=main', ...args]);
  git('init', '-q', origin);
  git('-C', origin, 'commit', '-q', '--allow-empty', '-m', 'One');
  git('clone', '-q', origin, site);
  program(join(site, 'deploy.sh'), 'cp "$NCP_CHANGE/change.diff" deployed');
  const slot = await slots('Deploy site', { '~/site': site });
  expect((await slot()).status).toBe('skipped');
  git('-C', origin, 'commit', '-q', '--allow-empty', '-m', 'Two');
  expect((await slot()).status).toBe('success');
  expect(readFileSync(join(site, 'deployed'), 'utf8')).toMatch(/^-[0-9a-f]{40}\s.*\n\+[0-9a-f]{40}\s/m);
  expect((await slot()).status).toBe('skipped');
});

it('a new release is a change that runs nothing', async () => {
  let tag = 'v1';
  let downloads = 0;
  const server = createServer((_, response) =>
    response.end(JSON.stringify({ tag_name: tag, downloads: (downloads += 1) })),
  );
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const slot = await slots('New release', { 'https://api.github.com': address });
  expect((await slot()).status).toBe('skipped');
  tag = 'v2';
  expect(await slot()).toMatchObject({ status: 'success', result: { change: { added: 1, removed: 1 } } });
  expect((await slot()).status).toBe('skipped');
});

it('an agent gets the difference of the issues', async () => {
  const folder = join(cli.home, 'project');
  mkdirSync(folder);
  const issues = (title: string, at: string): void =>
    program(join(bin, 'gh'), `echo '[{"number":1,"title":"${title}","updatedAt":"${at}"}]'`);
  const answer = { type: 'result', subtype: 'success', is_error: false, result: 'Done', session_id: 's', num_turns: 1 };
  program(join(bin, 'claude'), `cat > prompt; printf '%s\\n' "$@" > words; echo '${JSON.stringify(answer)}'`);
  const slot = await slots('Triage', { '~/project': folder });
  issues('Slow', '2026-01-01');
  expect((await slot()).status).toBe('skipped');
  issues('Slow', '2026-02-02');
  expect((await slot()).status).toBe('skipped');
  issues('Broken', '2026-02-02');
  expect(await slot()).toMatchObject({ status: 'success', result: { text: 'Done' } });
  const given = ['prompt', 'words'].map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  expect(given).toMatch(/Label the new issues\n\nWhat changed[^]*-\[\{"number":1,"title":"Slow",\}\]\n\+.*"Broken"/);
});
