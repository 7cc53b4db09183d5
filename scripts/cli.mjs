// `npm run -s cli -- ARGS`: the command line in a checkout, the same as the packaged `ncp-scheduler ARGS`. Runs in this
// process, so that it costs no more than Node's own start; set-up is loaded only if something is stale.
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
