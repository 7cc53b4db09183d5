// npm run pack:mcpb: builds what is stale, and packs the MCP bundle into dist/mcpb, for programs that install MCP servers
// from a file.
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, readPackage } from './setup/project.mjs';

try {
  const [option] = process.argv.slice(2);
  if (option !== undefined) throw new Error(`Unknown option ${option}; usage: node scripts/pack-mcpb.mjs`);
  ensureDependencies();
  ensureBuild();
  const [{ writeNpmPackage }, { packBundle }] = await Promise.all([
    import('./setup/npm-package.mjs'),
    import('./setup/mcp-bundle.mjs'),
  ]);
  const destination = inProject('dist/mcpb');
  const { name, version } = readPackage();
  const npmPackage = writeNpmPackage({ folder: `${destination}/package` });
  const archive = `${destination}/${name}-${version}.mcpb`;
  console.log(await packBundle({ npmPackage, folder: `${destination}/bundle`, archive }));
} catch (error) {
  console.error(`pack-mcpb: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
