import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

const validator = /^ajvProvider-[\w-]+\.mjs$/;
const client = inProject('node_modules/@modelcontextprotocol/client/dist');

/**
 * Returns a Rolldown plugin that bundles Ajv once for MCP. The client and the server of the SDK each bring a copy of the
 * same file, under another name: 0.15 MB of the npm package.
 * @returns {import('vite').Plugin}
 */
export const oneCopyOfAjv = () => ({
  name: 'one-copy-of-ajv',
  enforce: 'pre',
  resolveId(source, importer) {
    const name = source.replace(/^\.\//, '');
    if (!validator.test(name) || importer?.includes('/@modelcontextprotocol/server/') !== true) return null;
    const same = join(client, readdirSync(client).find((file) => validator.test(file)) ?? '');
    const own = inProject('node_modules/@modelcontextprotocol/server/dist', name);
    if (code(same) !== code(own)) throw new Error(`${own} is not the same as ${same}: leave out this plugin.`);
    return same;
  },
});

/**
 * Returns what a file says beside the names of other files.
 * @param {string} path
 */
const code = (path) =>
  readFileSync(path, 'utf8')
    .replaceAll(/ from "[^"]+";$/gm, '')
    .replaceAll(/^\/\/# sourceMappingURL=.*$/gm, '');
