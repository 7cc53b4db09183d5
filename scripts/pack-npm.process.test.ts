import { execFile, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import ts from 'typescript-6';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shellBlocks } from '../main/testing/documents/shell-lines.ts';
import { packInstalled, startNpmRegistry, type NpmRegistry } from '../main/testing/http-servers/npm-registry.ts';
import { packBundle } from './setup/mcp-bundle.mjs';
import { pack, writeNpmPackage } from './setup/npm-package.mjs';
import { inProject } from './setup/project.mjs';

const root = mkdtempSync(join(tmpdir(), 'ncp-npm-'));
const home = join(root, 'home');
const dataDir = join(home, 'data');
const prefix = join(root, 'prefix');
const installed = join(prefix, 'lib/node_modules/ncp-scheduler');
const program = join(prefix, 'bin/ncp-scheduler');
/** Folders of npm itself are not those of the product. */
const npm = { npm_config_prefix: prefix, npm_config_cache: join(root, 'cache'), npm_config_update_notifier: 'false' };
const env = {
  ...{ PATH: `${join(prefix, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: home, TZ: 'UTC', NCP_SCHEDULER_DIR: dataDir },
  ...{ ...npm, npm_config_audit: 'false', npm_config_fund: 'false' },
};
let registry: NpmRegistry;
const packed = join(root, 'packed');
const own = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string; dependencies: object };

afterAll(async () => {
  await registry.close();
  rmSync(root, { recursive: true, force: true });
});

interface Manifest {
  readonly tools: readonly { readonly name: string }[];
  readonly server: { readonly mcp_config: { readonly args: readonly string[] } };
}

/** Runs what a person types. The registry is in this process, so nothing here may wait in between. */
async function type(...lines: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-ec', lines.join('\n')], {
    env: { ...env, npm_config_registry: registry.url },
  });
  return stdout;
}

/** What the package needs beside itself, as it is installed here: of SQLite, the binding of this kind of machine. */
function publishDependencies(): void {
  const sqlite = ['package.json', 'dist', `prebuilds/${process.platform}-${process.arch}`];
  for (const name of ['@photostructure/sqlite', 'node-addon-api', 'node-gyp-build']) {
    const folder = inProject('node_modules', name);
    registry.publish(packInstalled(folder, name.startsWith('@') ? sqlite : readdirSync(folder), root));
  }
}

/** Returns a copy of the packed folder that says it is version 99. */
function laterVersion(folder: string): string {
  const later = join(root, 'later');
  cpSync(folder, later, { recursive: true });
  const chunks = join(later, 'headless/chunks');
  const chunk = readdirSync(chunks).find((name) => name.startsWith('version-')) ?? '';
  for (const file of [join(chunks, chunk), join(later, 'package.json')]) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(own.version, '99.0.0'));
  }
  return later;
}

function run(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  expect(status, `${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
}

beforeAll(async () => {
  registry = await startNpmRegistry();
  publishDependencies();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, 'config.json'), '{"osScheduler":"in-process"}', { mode: 0o600 });
  const folder = writeNpmPackage({ folder: packed });
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: object };
  expect(facts.dependencies).toEqual(own.dependencies);
  registry.publish(pack(folder, root));
  const [block = []] = shellBlocks('docs/npm.md', readFileSync(inProject('docs/npm.md'), 'utf8'));
  expect(block[0]?.programs).toEqual([['npm', 'install', '-g', 'ncp-scheduler']]);
  await type(...block.map(({ text }) => text));
});

function sizeOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

test('the package has what it needs, no install scripts, and less than 6 MB', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ version: own.version, engines: { node: '>=20.19' } });
  expect(manifest).not.toHaveProperty('scripts');
  const files = ['README.md', 'LICENSE', 'NOTICE.txt', 'man/ncp-scheduler.1.gz', 'renderer/index.html'];
  for (const file of files) expect(existsSync(join(installed, file)), file).toBe(true);
  const besides = existsSync(join(installed, 'node_modules')) ? sizeOf(join(installed, 'node_modules')) : 0;
  expect(sizeOf(installed) - besides).toBeLessThan(6 * 1000 * 1000);
});

test('the package has the licence of every package whose code is in it, and no word of Electron', () => {
  const texts = gunzipSync(readFileSync(join(installed, 'THIRD-PARTY-LICENSES.txt.gz'))).toString();
  const notice = readFileSync(join(installed, 'NOTICE.txt'), 'utf8');
  expect(texts).toMatch(/^undici \S+\nLicence: MIT\n\n[^]*?Permission is hereby granted/m);
  expect(notice).toMatch(/^react-dom \S+: MIT$/m);
  for (const text of [texts.slice(0, 2000), notice]) expect(text).not.toMatch(/Electron/);
});

test('the installed command creates, lists and serves agents', () => {
  expect(run('--version').trim()).toBe(own.version);
  run(
    'create',
    '--name',
    'Ping',
    '--schedule',
    'every day at 9am',
    '--tool',
    'shell:run',
    '--params',
    '{"command":"true"}',
  );
  expect(run('list')).toContain('Ping');
  const messages = [
    {
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
  ];
  const input = messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
  const { stdout } = spawnSync(program, ['mcp'], { env, input, encoding: 'utf8' });
  expect(stdout).toContain('"serverInfo"');
  expect(stdout).toContain('"inputSchema"');
});

test('the MCP bundle is what the official tool accepts and unpacks, and starts with nothing beside it', async () => {
  const [folder, archive, unpacked] = ['bundle', 'ncp-scheduler.mcpb', 'unpacked'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await packBundle({ npmPackage: packed, folder, archive });
  const tool = inProject('node_modules/@anthropic-ai/mcpb/dist/cli/cli.js');
  const unpacking = spawnSync(process.execPath, [tool, 'unpack', archive, unpacked], { encoding: 'utf8' });
  expect(unpacking.status, unpacking.stderr).toBe(0);
  const manifest = JSON.parse(readFileSync(join(unpacked, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest).toMatchObject({ name: 'ncp-scheduler', version: own.version });
  expect(manifest.tools.map(({ name }) => name)).toContain('create');
  const args = manifest.server.mcp_config.args.map((arg) => arg.replace('${__dirname}', unpacked));
  const { stderr, status } = spawnSync(process.execPath, args, { env, input: '', encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test('serve --web shows the built window', async () => {
  const socket = join(root, 'web.sock');
  const served = spawn(program, ['serve', '--web', '--listen', socket], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: served.stdout })) if (line.includes('"web"')) break;
    const { stdout } = spawnSync(process.execPath, ['-e', pageOver, socket], { encoding: 'utf8' });
    expect(stdout).toContain('<title>NCP Scheduler</title>');
  } finally {
    const ended = new Promise((resolve) => served.once('exit', resolve));
    served.kill();
    await ended;
  }
});
const pageOver = `require('node:http').get({ socketPath: process.argv[1], path: '/', headers: { host: 'localhost' } },
  (answer) => answer.pipe(process.stdout))`;

test('the example of docs/api.md works, and its types need no other package', () => {
  const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(inProject('docs/api.md'), 'utf8')) ?? [];
  const project = join(root, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(installed, join(project, 'node_modules/ncp-scheduler'));
  writeFileSync(join(project, 'example.mjs'), example);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['example.mjs'], {
    env,
    cwd: project,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Report runs next at 20\d\d-/);
  expect(stdout).toMatch(/success: .*12 orders/);
  const wrong = `import { openScheduler, type CliAnswers } from 'ncp-scheduler';
    const { task } = await (await openScheduler()).tasks.get('x'); const name: number = task.name;
    export const wrong: CliAnswers['list']['tasks'][0]['id'] = 1; export { name };`;
  expect(problemsIn(project, { 'example.mts': example, 'wrong.mts': wrong })).toEqual(['wrong.mts', 'wrong.mts']);
});

/** Returns the file of each problem that TypeScript finds in these programs, without types of Node. */
function problemsIn(folder: string, programs: Readonly<Record<string, string>>): string[] {
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
  const options = {
    ...{ strict: true, noEmit: true, types: [], lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'] },
    ...{ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 },
  };
  const paths = Object.keys(programs).map((name) => join(folder, name));
  return ts.getPreEmitDiagnostics(ts.createProgram(paths, options)).map(({ file }) => basename(file?.fileName ?? ''));
}

/** Returns a command of the table in docs/install.md, in the row of this way to install. */
function lineOf(way: string, column: 'update' | 'remove'): string[] {
  const row = readFileSync(inProject('docs/install.md'), 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| **${way}**`));
  const cell = row?.split('|')[column === 'update' ? 4 : 5] ?? '';
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, line = '']) => line);
}

test('the documented update keeps the tasks, and entries of the OS scheduler start the new version', async () => {
  registry.publish(pack(laterVersion(packed), root));
  const update = lineOf('npm', 'update');
  expect(update).toEqual(['npm install -g ncp-scheduler@latest', 'ncp-scheduler os sync']);
  await type(...update);
  expect(run('--version').trim()).toBe('99.0.0');
  expect(run('list')).toContain('Ping');
  const launched = spawnSync('/bin/sh', [join(dataDir, 'launcher.sh'), '--version'], { env, encoding: 'utf8' });
  expect(launched.stdout.trim()).toBe('99.0.0');
});

test('the documented removal leaves nothing', async () => {
  const [uninstall = '', ...others] = lineOf('npm', 'remove');
  expect([uninstall, ...others]).toEqual(['ncp-scheduler uninstall', 'npm uninstall -g ncp-scheduler']);
  // Without a terminal it does not ask.
  await type(`${uninstall} --purge --yes`, ...others);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
  // npm leaves the folders that it made, such as share/man.
  const left = readdirSync(prefix, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => !entry.isDirectory())).toEqual([]);
});
