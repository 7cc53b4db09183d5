import { dirname, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { chunksOnUse } from './scripts/setup/chunks-on-use.mjs';
import { compressedData } from './scripts/setup/compressed-data.mjs';
import { bundledPackages } from './scripts/setup/licences.mjs';
import { oneCopyOfAjv } from './scripts/setup/one-copy.mjs';
import { inBuild } from './scripts/setup/project.mjs';

/** Leaves out zod's messages in other languages, which nothing uses: 0.3 MB of the npm package. */
const englishOnly = (): Plugin => ({
  name: 'english-only',
  // Before Vite resolves it.
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === '../locales/index.js' && importer?.includes('/zod/v4/') === true
      ? resolve(dirname(importer), '../locales/en.js')
      : null,
});

/** Replaces nodemailer's table of file types (0.07 MB), which it uses for attachments only: alerts have none. */
const noAttachments = (): Plugin => ({
  name: 'no-attachments',
  enforce: 'pre',
  load: (id) =>
    /\/nodemailer\/dist\/esm\/mime-funcs\/mime-types\.js$/.test(id.replaceAll('\\', '/'))
      ? "export const detectMimeType = () => 'application/octet-stream';\nexport const detectExtension = () => 'bin';\n"
      : null,
});

/** What nothing calls: undici speaks HTTP/2 only if asked to, and node-ical describes rules in words. 0.03 MB of the npm package. */
const neverCalled = (): Plugin => ({
  name: 'never-called',
  enforce: 'pre',
  load: (id) =>
    /\/undici\/lib\/dispatcher\/client-h2\.js$|\/rrule-temporal\/dist\/totext\.cjs$/.test(id.replaceAll('\\', '/'))
      ? 'module.exports = () => { throw new Error("This part of a library is not in the bundle: see headless.vite.config.ts"); };'
      : null,
});

/**
 * Loads Node's own modules with `require`, also where a library imports them on use: code that V8 takes from its cache
 * cannot import ("A dynamic import callback was not specified").
 */
const requiredBuiltins = (): Plugin => ({
  name: 'required-builtins',
  renderChunk: (code) => ({
    code: code.replaceAll(/\bimport\("((?:node:)?https?)"\)/g, 'Promise.resolve(require("$1"))'),
    map: null,
  }),
});

/** What pg requires only if it is asked for: a native driver, and sockets of Cloudflare. */
const optionalOfPg = ['pg-native', 'pg-cloudflare'];

const root = import.meta.dirname;

/**
 * This app's modules do nothing when they are loaded, apart from the entries, so one of which only constants are used
 * (which are copied) need not be loaded. Two are loaded for nothing but that: the worker, and what `rehearsal.ts` loads ahead.
 */
const moduleSideEffects = (id: string): boolean | undefined =>
  id.startsWith(resolve(root, 'main')) && !/\/(?:worker\/index|run-mcp)\.ts$/.test(id) ? false : undefined;

// Builds the command line for plain Node; electron-vite builds the rest. The output is CommonJS because it starts
// faster than ES modules, and because Node 20 can load V8's compiled code from a file only for CommonJS.
export default defineConfig({
  plugins: [
    chunksOnUse(),
    requiredBuiltins(),
    compressedData(),
    englishOnly(),
    noAttachments(),
    neverCalled(),
    oneCopyOfAjv(),
    bundledPackages('headless'),
  ],
  ssr: { noExternal: true },
  // cron-parser loads luxon with `require`, which would bundle a second copy.
  // node-ical and rrule-temporal name two polyfills of Temporal; node-ical's author runs both with this one.
  resolve: {
    alias: {
      luxon: resolve(root, 'node_modules/luxon/build/es6/luxon.mjs'),
      '@js-temporal/polyfill': 'temporal-polyfill',
    },
  },
  build: {
    ssr: true,
    target: 'node20.18',
    outDir: inBuild('headless'),
    // Stack traces in bug reports must show the original function names.
    minify: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects },
      external: ['electron', '@photostructure/sqlite', ...optionalOfPg],
      input: {
        headless: resolve(root, 'main/headless.ts'),
        worker: resolve(root, 'main/headless-worker.ts'),
        api: resolve(root, 'main/headless-api.ts'),
      },
      output: {
        format: 'cjs',
        // The comments of libraries are a tenth of the text. Their licences are in THIRD-PARTY-LICENSES.txt.
        comments: { legal: true, annotation: false, jsdoc: false },
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // A library beside our code would keep its names in the npm package, as our functions do.
        codeSplitting: {
          groups: [
            { name: 'luxon', test: /node_modules\/luxon\// },
            { name: 'json-path', test: /node_modules\/(?:json-p3|re2js)\// },
            { name: 'mcp-server', test: /node_modules\/@modelcontextprotocol\/server\// },
            { name: 'hono', test: /node_modules\/(?:hono|@hono)\// },
            { name: 'csv-parse', test: /node_modules\/csv-parse\// },
          ],
        },
      },
    },
  },
});
