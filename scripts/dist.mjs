// Packages the app. `npm run dist` builds the installers for this system, `npm run dist:dir` only the unpacked app
// (offline), and `node scripts/dist.mjs --e2e` an unpacked app that Playwright can attach to, in dist/e2e.
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensurePackagedApp, packageApp } from './setup/package-app.mjs';
import { ensureRuntime } from './setup/runtime.mjs';

const usage = 'usage: node scripts/dist.mjs [--dir | --e2e]';

const main = async () => {
  const options = process.argv.slice(2);
  const unknown = options.find((option) => option !== '--dir' && option !== '--e2e');
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}; ${usage}`);
  const e2e = options.includes('--e2e');
  ensureDependencies();
  const runtime = await ensureRuntime();
  ensureBuild();
  if (options.length > 0) console.log(await ensurePackagedApp(runtime, { e2e }));
  else await packageApp(runtime, false);
};

try {
  await main();
} catch (error) {
  console.error(`dist: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
