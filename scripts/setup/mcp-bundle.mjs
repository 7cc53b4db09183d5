// Makes the MCP bundle (.mcpb): the npm package with its dependencies and a manifest, for programs that install MCP
// servers from a file, such as Claude Desktop.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { packExtension } from '@anthropic-ai/mcpb/cli';
import { inProject, readPackage } from './project.mjs';

/** What the npm package would install: the binding of SQLite for every system, and what finds the right one. */
const dependencies = ['@photostructure/sqlite', 'node-gyp-build'];
/** Parts of the npm package that the MCP server needs. The window for browsers is for people. */
const parts = ['headless', 'package.json', 'LICENSE', 'NOTICE.txt', 'THIRD-PARTY-LICENSES.txt.gz'];
const program = 'server/headless/headless.js';

/**
 * Writes the folder of the bundle, packs it with the official tool, which checks the manifest, and returns the archive.
 * @param {{ npmPackage: string, folder: string, archive: string }} options `npmPackage`: what `writeNpmPackage` wrote.
 */
export const packBundle = async ({ npmPackage, folder, archive }) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(archive), { recursive: true });
  for (const part of parts) cpSync(join(npmPackage, part), join(folder, 'server', part), { recursive: true });
  for (const name of dependencies) copyDependency(name, join(folder, 'server/node_modules', name));
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest(toolsOf(folder)), null, 2)}\n`);
  if (await packExtension({ extensionPath: folder, outputPath: archive, silent: true })) return archive;
  throw new Error(`mcpb refused the bundle. \`npx mcpb validate ${folder}\` says why.`);
};

/** @param {readonly { name: string, description: string }[]} tools */
const manifest = (tools) => {
  const own = readPackage();
  return {
    manifest_version: '0.3',
    name: own.name,
    display_name: own.productName,
    version: own.version,
    description: own.description,
    author: { name: own.author },
    license: own.license,
    keywords: ['scheduler', 'cron', 'tasks'],
    server: {
      type: 'node',
      entry_point: program,
      mcp_config: { command: 'node', args: [`\${__dirname}/${program}`, 'mcp'], env: {} },
    },
    tools: tools.map(({ name, description }) => ({ name, description })),
    prompts_generated: true,
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: own.engines.node } },
  };
};

/**
 * Copies a package without the sources of its binding, which is built.
 * @param {string} name
 * @param {string} to
 */
const copyDependency = (name, to) => {
  const from = inProject('node_modules', name);
  const isUsed = (/** @type {string} */ path) => relative(from, path).split(sep)[0] !== 'src';
  cpSync(from, to, { recursive: true, dereference: true, filter: isUsed });
};

/**
 * Asks the server in the bundle for its tools: it starts, and the manifest says what it has.
 * @param {string} folder
 * @returns {readonly { name: string, description: string }[]}
 */
const toolsOf = (folder) => {
  const data = mkdtempSync(join(tmpdir(), 'ncp-bundle-'));
  const clientInfo = { name: 'mcpb', version: '1' };
  const messages = [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
  ];
  const input = messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
  const env = { PATH: process.env['PATH'] ?? '', HOME: data, NCP_SCHEDULER_DIR: join(data, 'data') };
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, program), 'mcp'], {
    ...{ env, input, encoding: 'utf8', timeout: 60_000 },
  });
  rmSync(data, { recursive: true, force: true });
  const answers = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  const tools = answers.find(({ id }) => id === 2)?.result?.tools;
  if (tools === undefined) throw new Error(`The server in the bundle does not list its tools: ${stderr}`);
  return tools;
};
