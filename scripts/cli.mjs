// `npm run -s cli -- ARGS`: runs the command line from the checkout, like the packaged `ncp-scheduler ARGS`. To start
// as fast as Node itself, it runs in this process and loads the set-up code only if the build is stale.
import { pathToFileURL } from 'node:url';
import { buildIsFresh, ensureBuild } from './setup/build.mjs';
import { inProject } from './setup/project.mjs';

if (!buildIsFresh()) {
  try {
    const { ensureDependencies } = await import('./setup/dependencies.mjs');
    ensureDependencies();
    ensureBuild();
  } catch (error) {
    console.error(`cli: the build failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

const headless = inProject('out/headless/headless.js');
// The command line reads process.argv as if Node had been started with headless.js itself.
process.argv[1] = headless;
await import(pathToFileURL(headless).href);
