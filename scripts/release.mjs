// Steps of a release, for .github/workflows: `notes TAG` prints the notes, `audit` fails for an advisory about what ships.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { advisoriesOfShipped, namesOf } from './release/audit.mjs';
import { notesOf } from './release/notes.mjs';
import { inProject, readPackage } from './setup/project.mjs';

const usage = 'usage: node scripts/release.mjs notes TAG | audit';

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

try {
  const [step, tag] = process.argv.slice(2);
  if (step === 'notes' && tag !== undefined)
    console.log(notesOf(tag, readPackage().version, readFileSync(inProject('CHANGELOG.md'), 'utf8')));
  else if (step === 'audit' && tag === undefined) audit();
  else throw new Error(usage);
} catch (error) {
  console.error(`release: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
