// npm run test:mutation [-- FILE… [--tests PATTERN]…]: changes these files in small ways, one change at a time (Stryker), and
// runs the fast tests of their folders, or those that the patterns name. A change that no test notices is a gap in the tests,
// or changes nothing. Without files it takes the groups in mutation/groups.mjs; `--group NAME` takes one of them. It runs at
// the lowest priority. Prints the changes that survived, then caught and all of them for each folder.
import { readFileSync, renameSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { groups } from './mutation/groups.mjs';
import { runInForeground } from './setup/command.mjs';
import { inProject } from './setup/project.mjs';

/**
 * @typedef {{ status: string }} Mutant
 * @typedef {{ files: Record<string, { mutants: Mutant[] }> }} Report
 */

const caught = new Set(['Killed', 'Timeout']);
const counted = new Set([...caught, 'Survived', 'NoCoverage']);

/** @param {Report} report */
const summary = ({ files }) => {
  /** @type {Map<string, Mutant[]>} */
  const folders = new Map();
  for (const [file, { mutants }] of Object.entries(files)) {
    const folder = dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), ...mutants.filter(({ status }) => counted.has(status))]);
  }
  return [...folders].map(([folder, mutants]) => {
    const found = mutants.filter(({ status }) => caught.has(status)).length;
    return `${folder}: ${found} of ${mutants.length} changes caught`;
  });
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', multiple: true }, group: { type: 'string' } },
});
const besideFiles = [...new Set(positionals.map((file) => `${dirname(file)}/**/*.test.ts`))];
const named = { name: 'report', files: positionals, tests: values.tests ?? besideFiles };
const chosen = groups.filter(({ name }) => values.group === undefined || values.group === name);
if (chosen.length === 0) {
  console.error(`There is no group "${values.group}". There are: ${groups.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

setPriority(constants.priority.PRIORITY_LOW);
/** @type {string[]} */
const lines = [];
for (const { name, files, tests } of positionals.length > 0 ? [named] : chosen) {
  process.env['MUTATED_TESTS'] = JSON.stringify(tests);
  const code = await runInForeground('npx', ['--no-install', 'stryker', 'run', '--mutate', files.join(',')], {
    cwd: inProject('.'),
  });
  if (code !== 0) process.exit(code);
  const report = inProject('test-results/mutation', `${name}.json`);
  renameSync(inProject('test-results/mutation/report.json'), report);
  lines.push(...summary(/** @type {Report} */ (JSON.parse(readFileSync(report, 'utf8')))));
  console.log(lines.join('\n'));
}
