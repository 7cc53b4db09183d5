import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundledPackages } from './scripts/setup/licences.mjs';
import { inBuild } from './scripts/setup/project.mjs';

const root = import.meta.dirname;

// Everything else is bundled: there are fewer files to open at start and nothing to prune when packaging.
// pg requires its last two only if it is asked for: a native driver, and sockets of Cloudflare.
const external = ['electron', '@photostructure/sqlite', 'pg-native', 'pg-cloudflare'];

// electron-vite would target the pinned Electron, but the build must also run on an older one.
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    plugins: [bundledPackages('main')],
    // cron-parser loads luxon with `require`, which would bundle a second copy.
    // node-ical and rrule-temporal name two polyfills of Temporal; node-ical's author runs both with this one.
    resolve: {
      alias: {
        luxon: resolve(root, 'node_modules/luxon/build/es6/luxon.mjs'),
        '@js-temporal/polyfill': 'temporal-polyfill',
      },
    },
    build: {
      target: nodeTarget,
      outDir: inBuild('main'),
      externalizeDeps: false,
      // Stack traces in bug reports must show the original function names.
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
    plugins: [bundledPackages('preload')],
    build: {
      target: nodeTarget,
      outDir: inBuild('preload'),
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
    plugins: [react(), bundledPackages('renderer')],
    build: {
      target: chromeTarget,
      outDir: inBuild('renderer'),
      // The page's content security policy allows fonts and images only from app://, not from data: URLs.
      assetsInlineLimit: 0,
      minify: true,
      // The files are read from disk, not over a network, so one large file loads faster than many small ones.
      chunkSizeWarningLimit: 3_000,
      rolldownOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
  },
});
