import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** Tables of holidays, time zones and the sky (1.5 MB), HTML's entities, and undici's parsers of HTTP. Few commands need them. */
const tables = [
  /\/date-holidays\/src\/data\.js$/,
  /\/date-holidays-parser\/src\/internal\/(?:hebrew|hijri)-calendar\.js$/,
  /\/node-ical\/windowsZones\.json$/,
  /\/moment-timezone\/data\/packed\/latest\.json$/,
  /\/astronomia\/data\/\w+\.js$/,
  /\/@xmldom\/xmldom\/lib\/entities\.js$/,
  /\/nodemailer\/dist\/esm\/well-known\/services\.js$/,
  /\/undici\/lib\/llhttp\/\w+-wasm\.js$/,
];

/**
 * Returns a Rolldown plugin that keeps large tables of libraries compressed in the bundle and unpacks them when the
 * chunk is loaded. They take a fifteenth of their size.
 * @returns {import('vite').Plugin}
 */
export const compressedData = () => ({
  name: 'compressed-data',
  enforce: 'pre',
  async load(id) {
    const path = id.replaceAll('\\', '/');
    if (!tables.some((table) => table.test(path))) return null;
    const isModule = /^export /m.test(readFileSync(id, 'utf8'));
    if (!isModule) {
      const value = unpacking(createRequire(import.meta.url)(id));
      return {
        code: `const { brotliDecompressSync } = require('node:zlib');\nmodule.exports = ${value};`,
        moduleType: 'js',
      };
    }
    const exported = Object.entries(await import(pathToFileURL(id).href));
    const lines = exported.map(([name, value]) => `export ${declared(name)} ${unpacking(value)};`);
    return { code: ["import { brotliDecompressSync } from 'node:zlib';", ...lines].join('\n'), moduleType: 'js' };
  },
});

/** @param {string} name */
const declared = (name) => (name === 'default' ? 'default' : `const ${name} =`);

/**
 * Returns an expression that unpacks the value.
 * @param {unknown} value Bytes, or what JSON can hold.
 */
const unpacking = (value) => {
  const isBytes = value instanceof Uint8Array;
  const content = isBytes ? value : Buffer.from(JSON.stringify(value));
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = brotliCompressSync(content, { params }).toString('base64');
  const unpacked = `brotliDecompressSync(Buffer.from('${packed}', 'base64'))`;
  return isBytes ? unpacked : `JSON.parse(${unpacked}.toString())`;
};
