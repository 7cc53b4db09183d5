import { join } from 'node:path';
import { useCodeCache } from './adapters/process/code-cache.ts';

// The composition root without Electron: the command line on servers and in tests, and the program that OS entries call
// there. Everything but this file is loaded with its compiled code; as CommonJS, it cannot use top-level await.
useCodeCache({ program: import.meta.dirname, compiled: join(import.meta.dirname, 'code', 'main') });
void import('./start/headless.ts').then(({ runHeadless }) =>
  runHeadless({
    script: import.meta.filename,
    worker: join(import.meta.dirname, 'worker.js'),
    pages: join(import.meta.dirname, '../renderer'),
  }),
);
