// npm run pack:npm: builds what is stale, and packs the npm package into dist/npm. Publish the archive with
// `npm publish dist/npm/ncp-scheduler-VERSION.tgz --provenance`.
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject } from './setup/project.mjs';

try {
  const [option] = process.argv.slice(2);
  if (option !== undefined) throw new Error(`Unknown option ${option}; usage: node scripts/pack-npm.mjs`);
  ensureDependencies();
  ensureBuild();
  const { pack, writeNpmPackage } = await import('./setup/npm-package.mjs');
  const destination = inProject('dist/npm');
  console.log(pack(writeNpmPackage({ folder: `${destination}/package` }), destination));
} catch (error) {
  console.error(`pack-npm: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
