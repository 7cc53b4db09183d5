// Runs one step of set-up in a separate process, so that steps can run in parallel: node set-up-step.mjs NAME
// Messages for people go to standard error. If the step fails, the last line of standard output says why.
import { ensureBuild } from '../setup/build.mjs';
import { ensureDebianPackages } from '../setup/debian-packages.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { ensureNodeForWindows } from '../setup/node-for-windows.mjs';
import { ensurePackagedApp } from '../setup/package-app.mjs';
import { ensureRuntime } from '../setup/runtime.mjs';

/** @type {Record<string, () => unknown>} */
const steps = {
  'debian-packages': () => ensureDebianPackages({ tests: true }),
  dependencies: ensureDependencies,
  build: ensureBuild,
  'node-for-windows': ensureNodeForWindows,
  runtime: async () => {
    const { version, folder } = await ensureRuntime();
    console.log(`Electron ${version} (${folder})`);
  },
  app: async () => {
    const runtime = await ensureRuntime();
    for (const e2e of [false, true]) await ensurePackagedApp(runtime, { e2e });
  },
};

const name = process.argv[2] ?? '';
const step = steps[name];
try {
  if (step === undefined) throw new Error(`there is no step "${name}"; the steps are ${Object.keys(steps).join(', ')}`);
  await step();
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
