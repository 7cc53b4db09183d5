// Steps of a release, for .github/workflows: `notes TAG` prints the notes, `audit` fails for an advisory about what ships,
// `manifests OWNER/NAME SUMS FOLDER` writes the manifests of package managers from the lines of SHA256SUMS.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { advisoriesOfShipped, namesOf } from './release/audit.mjs';
import { manifestsOf, writeManifests } from './release/manifests.mjs';
import { notesOf } from './release/notes.mjs';
import { inProject, readPackage } from './setup/project.mjs';

const usage = 'usage: node scripts/release.mjs notes TAG | audit | manifests OWNER/NAME SUMS FOLDER';

const audit = () => {
  const folder = inProject('out/packages');
  const folders = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
  const shipped = namesOf([...folders, ...Object.keys(readPackage().dependencies)]);
  // npm exits with 1 for every advisory, also for those of tools.
  const { stdout } = spawnSync('npm', ['audit', '--json'], {
    cwd: inProject(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const found = advisoriesOfShipped(JSON.parse(stdout || '{}'), shipped);
  for (const line of found) console.error(line);
  if (found.length > 0) throw new Error(`${found.length} of ${shipped.size} packages that ship have advisories.`);
  console.log(`No advisories about the ${shipped.size} packages that ship.`);
};

/** @param {string} repository @param {readonly string[]} paths SHA256SUMS, and the folder to write to. */
const manifests = (repository, [sums = '', folder = '']) => {
  const own = readPackage();
  const texts = manifestsOf({ version: own.version, own, repository, sums: readFileSync(sums, 'utf8') });
  for (const path of writeManifests(folder, texts)) console.log(path);
};

try {
  const [step, tag, ...more] = process.argv.slice(2);
  if (step === 'notes' && tag !== undefined)
    console.log(notesOf(tag, readPackage().version, readFileSync(inProject('CHANGELOG.md'), 'utf8')));
  else if (step === 'audit' && tag === undefined) audit();
  else if (step === 'manifests' && tag !== undefined && more.length === 2) manifests(tag, more);
  else throw new Error(usage);
} catch (error) {
  console.error(`release: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
