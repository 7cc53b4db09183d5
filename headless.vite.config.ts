import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { chunksOnUse } from './scripts/setup/chunks-on-use.mjs';

const root = import.meta.dirname;

// Builds the command line for plain Node; electron-vite builds the rest. The output is CommonJS because it starts
// faster than ES modules, and because Node 20 can load V8's compiled code from a file only for CommonJS.
export default defineConfig({
  plugins: [chunksOnUse()],
  ssr: { noExternal: true },
  // cron-parser loads luxon with `require`, which would bundle a second copy.
  resolve: { alias: { luxon: resolve(root, 'node_modules/luxon/build/es6/luxon.mjs') } },
  build: {
    ssr: true,
    target: 'node20.18',
    outDir: resolve(root, 'out/headless'),
    // Stack traces in bug reports must show the original function names.
    minify: false,
    rolldownOptions: {
      external: ['electron', '@photostructure/sqlite'],
      input: { headless: resolve(root, 'main/headless.ts'), worker: resolve(root, 'main/headless-worker.ts') },
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
