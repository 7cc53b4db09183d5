import { writeSync } from 'node:fs';
import { Script } from 'node:vm';
import Module from 'node:module';
import { join } from 'node:path';
import { useCodeCache } from '../../adapters/process/code-cache.ts';

/**
 * `code-cache-child.mjs FOLDER`: starts FOLDER/program/main.js with the compiled code of FOLDER/code, and
 * prints how much of it V8 used and rejected.
 */
const [folder = ''] = process.argv.slice(2);
const counts = { taken: 0, refused: 0 };
const scripts = Script.prototype as unknown as { runInThisContext: (this: Script, options?: unknown) => unknown };
const run = scripts.runInThisContext;
scripts.runInThisContext = function (options) {
  if (this.cachedDataRejected !== undefined) counts[this.cachedDataRejected ? 'refused' : 'taken'] += 1;
  return run.call(this, options);
};
useCodeCache({ program: join(folder, 'program'), compiled: join(folder, 'code') });
const answer = Module.createRequire(import.meta.url)(join(folder, 'program', 'start.js')) as unknown;
writeSync(1, JSON.stringify({ ...counts, answer }));
