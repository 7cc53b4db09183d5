// Packages the app. `npm run dist` builds the installers for this system, `npm run dist:dir` only the unpacked app
// (offline; from any Electron that can be had), and `node scripts/dist.mjs --e2e` an unpacked app that Playwright can attach to, in dist/e2e.
import { dirname } from 'node:path';
import { makeLinuxPackages } from './linux/packages.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensurePackagedApp, packageApp } from './setup/package-app.mjs';
import { inProject } from './setup/project.mjs';
import { assertReleasable, canConnect, ensureRuntime, usesProxy } from './setup/runtime.mjs';
import { missingSignature } from './setup/signing.mjs';

const usage = 'usage: node scripts/dist.mjs [--dir | --e2e | --any-electron]';

const main = async () => {
  const options = process.argv.slice(2);
  const unknown = options.find((option) => !['--dir', '--e2e', '--any-electron'].includes(option));
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}; ${usage}`);
  const e2e = options.includes('--e2e');
  ensureDependencies();
  const runtime = await ensureRuntime();
  const unpacked = e2e || options.includes('--dir');
  if (!unpacked) assertReleasable(runtime, options.includes('--any-electron'));
  ensureBuild();
  if (unpacked) console.log(await ensurePackagedApp(runtime, { e2e }));
  else await makeInstallers(runtime);
};

/** @param {import('./setup/runtime.mjs').Runtime} runtime */
const makeInstallers = async (runtime) => {
  const unsigned = missingSignature(process.platform, process.env);
  if (unsigned !== undefined) console.error(unsigned);
  if (process.platform !== 'linux') return packageApp(runtime, false);
  const app = dirname(await ensurePackagedApp(runtime, { e2e: false }));
  for (const file of makeLinuxPackages(app, inProject('dist'))) console.log(file);
  if (usesProxy() || (await canConnect(new URL('https://github.com')))) return packageApp(runtime, false);
  console.error(
    'No AppImage is made: electron-builder downloads its runtime from github.com, which cannot be reached.',
  );
};

try {
  await main();
} catch (error) {
  console.error(`dist: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
