import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepLauncher, launcherCommand, launcherProblem } from './launcher.ts';

// The folder has what a shell must not read: a space, a quote, a dollar sign.
let home: string;
let dataDir: string;
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'ncp-launcher-')), "it's $HOME here");
  dataDir = join(home, 'data');
  mkdirSync(dataDir, { recursive: true });
});
afterEach(() => rmSync(dirname(home), { recursive: true, force: true }));

/** Installs a package whose program prints its own path and its arguments. */
function installPackage(prefix: string): string {
  const script = join(prefix, 'lib/node_modules/ncp-scheduler/headless/headless.js');
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, 'console.log(JSON.stringify([__filename, ...process.argv.slice(2)]))');
  return script;
}

function installNode(prefix: string): string {
  const node = join(prefix, 'bin/node');
  mkdirSync(dirname(node), { recursive: true });
  symlinkSync(process.execPath, node);
  return node;
}

/** Runs the launcher as cron does: with the least environment. */
function launch(...args: readonly string[]) {
  const [program = '', ...fixed] = launcherCommand(dataDir);
  const env = { HOME: home, PATH: `${join(home, 'tools')}:/bin` };
  const { status, stdout, stderr } = spawnSync(program, [...fixed, ...args], { env, encoding: 'utf8' });
  return { status, stderr, printed: stdout === '' ? null : (JSON.parse(stdout) as string[]) };
}

test('the launcher starts the recorded program with all arguments as they are', () => {
  const script = installPackage(join(home, 'prefix'));
  keepLauncher({ dataDir, node: process.execPath, script, isTemporary: false });
  expect(launch('_timing-run', "daily 'x'", '$(id)', 'a\nb')).toEqual({
    ...{ status: 0, stderr: '' },
    printed: [script, '_timing-run', "daily 'x'", '$(id)', 'a\nb'],
  });
  expect(launcherProblem(dataDir, Date.now())).toBeNull();
});

test('after a version manager moved Node with its packages, the launcher finds both and says so', () => {
  const nvm = join(home, '.nvm/versions/node');
  const script = installPackage(join(nvm, 'v24.1.0'));
  installNode(join(nvm, 'v24.1.0'));
  const [node, old] = [
    join(nvm, 'v20.19.0/bin/node'),
    join(nvm, 'v20.19.0/lib/node_modules/ncp-scheduler/headless.js'),
  ];
  keepLauncher({ dataDir, node, script: old, isTemporary: false });
  const { status, stderr, printed } = launch('list');
  expect({ status, printed }).toEqual({ status: 0, printed: [script, 'list'] });
  expect(stderr).toContain('has moved');
  expect(readFileSync(join(dataDir, 'launcher.log'), 'utf8')).toContain(script);
});

test('where the package is gone, the launcher fails with what to do, and the doctor can tell', () => {
  const node = installNode(join(home, 'tools-of-kim'));
  keepLauncher({ dataDir, node, script: '/gone/headless.js', isTemporary: false });
  const { status, stderr } = launch('list');
  expect(status).toBe(69);
  expect(stderr).toContain('Run: npm install -g ncp-scheduler');
  keepLauncher({ dataDir, node, script: installPackage(home), isTemporary: false });
  expect(launcherProblem(dataDir, Date.now())).toMatchObject({ fixable: false });
  expect(launcherProblem(dataDir, Date.now())?.message).toContain('One start failed');
  expect(launcherProblem(dataDir, Date.now() + 8 * 24 * 60 * 60_000)).toBeNull();
});

test('a Node that is too old does not start the program, even if it is the first on the PATH', () => {
  const old = join(home, 'tools/node');
  const mark = join(home, 'old-node-was-used');
  mkdirSync(dirname(old));
  writeFileSync(old, `#!/bin/sh\n[ "$1" = -e ] || touch '${mark.replaceAll("'", `'\\''`)}'\nexit 1\n`);
  chmodSync(old, 0o755);
  installNode(join(home, 'n'));
  const script = installPackage(home);
  keepLauncher({ dataDir, node: '/gone/node', script, isTemporary: false });
  expect(launch('list')).toMatchObject({ status: 0, printed: [script, 'list'] });
  expect(existsSync(mark)).toBe(false);
});

test('a package in the cache of npx takes the place of a launcher only if that one starts nothing', () => {
  const [installed, cached] = [installPackage(home), installPackage(join(home, '_npx'))];
  const text = () => readFileSync(join(dataDir, 'launcher.sh'), 'utf8');
  keepLauncher({ dataDir, node: process.execPath, script: installed, isTemporary: false });
  keepLauncher({ dataDir, node: process.execPath, script: cached, isTemporary: true });
  expect(text()).not.toContain('_npx');
  rmSync(installed);
  keepLauncher({ dataDir, node: process.execPath, script: cached, isTemporary: true });
  expect(text()).toContain('_npx');
});
