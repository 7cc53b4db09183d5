import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

// Everything but the native SQLite binding is bundled: fewer files to open at start, nothing to prune when packaging.
const external = ['electron', '@photostructure/sqlite'];

// electron-vite would take the pinned Electron's; an older one must run it too.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    // cron-parser asks for luxon by `require` and would get a second copy.
    resolve: { alias: { luxon: resolve(root, 'node_modules/luxon/build/es6/luxon.mjs') } },
    build: {
      target: nodeTarget,
      outDir: resolve(root, 'out/main'),
      externalizeDeps: false,
      // Stack traces in a person's report name our functions.
      minify: false,
      rolldownOptions: {
        external,
        input: {
          index: resolve(root, 'main/index.ts'),
          worker: resolve(root, 'main/worker/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react()],
    build: {
      target: chromeTarget,
      outDir: resolve(root, 'out/renderer'),
      // The page's policy allows fonts and images from app:// only, not from data: addresses.
      assetsInlineLimit: 0,
      minify: true,
      // Read from the disk, not from a network: one large file loads faster than many.
      chunkSizeWarningLimit: 3_000,
      rolldownOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
  },
});
