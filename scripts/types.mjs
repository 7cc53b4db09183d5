// Type-checks every runtime with its own tsconfig: contract sees no Node, renderer sees no Node, main sees no DOM.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const tsc = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
const projects = ['main/contract', 'main', 'preload', 'renderer', 'e2e', '.'];
let failed = false;
for (const project of projects) {
  const result = spawnSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
  if (result.status !== 0) failed = true;
}
if (failed) process.exitCode = 1;
else console.log(`types: ${projects.length} projects checked`);
