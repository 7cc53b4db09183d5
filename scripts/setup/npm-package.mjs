// Makes the folder of the npm package from the build: the command line, `serve`, the MCP server, the window for browsers
// and the API for programs, without Electron.
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { minifySync, parseSync } from 'vite';
import { registryName } from '../release/channels/mcp.mjs';
import { run } from './command.mjs';
import { npmLicences } from './licences.mjs';
import { packageTypes } from './npm-types.mjs';
import { inProject } from './project.mjs';

/** Files of the project, and their paths in the package. */
const copied = [
  ['docs/npm.md', 'README.md'],
  ['LICENSE', 'LICENSE'],
  ['out/renderer', 'renderer'],
];
const manual = 'man/ncp-scheduler.1';
const licenceTexts = 'THIRD-PARTY-LICENSES.txt';
/** Our functions keep their names, for the stack traces in bug reports. The bundler names our files in comments. */
const isOurs = (/** @type {string} */ text) => text.includes('// main/');

/**
 * Writes the folder and returns its path.
 * @param {{ folder: string }} options
 */
export const writeNpmPackage = ({ folder }) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'types'), { recursive: true });
  for (const [from = '', to = ''] of copied) cpSync(inProject(from), join(folder, to), { recursive: true });
  for (const file of readdirSync(join(folder, 'renderer/assets'))) {
    if (/\.(?:js|css)$/.test(file)) compress(join(folder, 'renderer/assets', file));
  }
  const { notice, texts } = npmLicences();
  writeFileSync(join(folder, 'NOTICE.txt'), notice);
  writeFileSync(join(folder, licenceTexts), texts);
  compress(join(folder, licenceTexts));
  mkdirSync(join(folder, 'man'));
  cpSync(inProject('docs/ncp-scheduler.1'), join(folder, manual));
  compress(join(folder, manual));
  writeProgram(folder);
  writeFileSync(join(folder, 'types/index.d.ts'), packageTypes());
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  return folder;
};

/**
 * Packs the folder, and returns the path of the archive.
 * @param {string} folder
 * @param {string} destination
 */
export const pack = (folder, destination) => {
  mkdirSync(destination, { recursive: true });
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  run('npm', ['pack', folder, '--pack-destination', destination, '--ignore-scripts', '--silent'], { quiet: true });
  return join(destination, `${name}-${version}.tgz`);
};

/**
 * Replaces a file by a compressed one. `man` and the window's server (main/web/pages.ts) read both.
 * @param {string} path
 */
const compress = (path) => {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  rmSync(path);
};

/**
 * The registry of MCP servers takes a package only with its own name for it. In a release, Actions says whose it is.
 * @param {string} name
 */
const mcpName = (name) => {
  const [owner] = (process.env['GITHUB_REPOSITORY'] ?? '').split('/');
  return owner ? { mcpName: registryName({ owner, name }) } : {};
};

/** Returns the package.json of the package, from ours: the only source of versions. */
const manifest = () => {
  const own = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  return {
    name: own.name,
    version: own.version,
    description: own.description,
    keywords: ['scheduler', 'cron', 'systemd', 'launchd', 'mcp', 'tasks'],
    license: own.license,
    author: own.author,
    type: 'commonjs',
    engines: own.engines,
    bin: { [own.name]: 'headless/headless.js' },
    man: [`./${manual}.gz`],
    main: './headless/api.js',
    types: './types/index.d.ts',
    exports: { '.': { types: './types/index.d.ts', default: './headless/api.js' }, './package.json': './package.json' },
    files: ['headless', 'renderer', 'types', 'man', 'NOTICE.txt', `${licenceTexts}.gz`],
    dependencies: own.dependencies,
    ...mcpName(own.name),
  };
};

/**
 * Copies the command line, made smaller. V8's compiled code is left out: it fits one version of Node only.
 * @param {string} folder
 */
const writeProgram = (folder) => {
  for (const part of ['', 'chunks']) {
    const from = inProject('out/headless', part);
    const to = join(folder, 'headless', part);
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from).filter((file) => file.endsWith('.js'))) {
      const smaller = minified(name, readFileSync(join(from, name), 'utf8'));
      writeFileSync(
        join(to, name),
        part === '' && name === 'headless.js' ? `#!/usr/bin/env node\n${smaller}` : smaller,
      );
    }
  }
  chmodSync(join(folder, 'headless/headless.js'), 0o755);
};

/**
 * @param {string} name
 * @param {string} text
 */
const minified = (name, text) => {
  const names = isOurs(text) ? { keepNames: { function: true, class: true } } : {};
  const { code, errors } = minifySync(name, text, {
    module: false,
    compress: { target: 'node20.18', ...names },
    mangle: names,
    codegen: { removeWhitespace: true },
  });
  if (errors.length === 0) return isOurs(text) ? onLines(name, code) : code;
  throw new Error(`${name} cannot be made smaller: ${errors.map(({ message }) => message).join('; ')}`);
};

/** Shortest line, in characters: line ends are half a percent of the package otherwise. */
const shortestLine = 200;

/**
 * Begins lines between statements: Node prints the line of an error that nothing catches, which must not be a whole file.
 * @param {string} name
 * @param {string} code
 */
const onLines = (name, code) => {
  const starts = new Set();
  const visit = (/** @type {unknown} */ node) => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) return node.forEach(visit);
    if ('type' in node && 'body' in node && Array.isArray(node.body)) {
      for (const { start } of node.body) if (start > 0) starts.add(start);
    }
    Object.values(node).forEach(visit);
  };
  visit(parseSync(name, code, { sourceType: 'script' }).program);
  const places = [0];
  for (const start of [...starts].sort((a, b) => a - b))
    if (start - (places.at(-1) ?? 0) >= shortestLine) places.push(start);
  return places.map((place, index) => code.slice(place, places[index + 1])).join('\n');
};
