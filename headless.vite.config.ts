import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { chunksOnUse } from './scripts/setup/chunks-on-use.mjs';

const root = import.meta.dirname;

// The command line for plain Node, beside what electron-vite builds: CommonJS, since only for that Node 20 takes V8's
// compiled code from a file, and since it starts faster than ES modules do.
export default defineConfig({
  plugins: [chunksOnUse()],
  ssr: { noExternal: true },
  // cron-parser asks for luxon by `require` and would get a second copy.
  resolve: { alias: { luxon: resolve(root, 'node_modules/luxon/build/es6/luxon.mjs') } },
  build: {
    ssr: true,
    target: 'node20.18',
    outDir: resolve(root, 'out/headless'),
    // Stack traces in a person's report name our functions.
    minify: false,
    rolldownOptions: {
      external: ['electron', '@photostructure/sqlite'],
      input: { headless: resolve(root, 'main/headless.ts'), worker: resolve(root, 'main/headless-worker.ts') },
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
