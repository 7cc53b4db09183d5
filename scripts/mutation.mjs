// npm run test:mutation [-- FILE…]: changes these files in small ways, one change at a time (Stryker), and runs the fast tests
// of their folders. A change that no test notices is a gap in the tests, or changes nothing. Without files it takes those below,
// for hours: it runs at the lowest priority. Prints the changes that survived, then caught and all of them for each folder.
import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { runInForeground } from './setup/command.mjs';
import { inProject } from './setup/project.mjs';

/** Where a wrong decision starts a slot twice, loses one, or gives a right: a gap in these tests costs the most. */
const chosen = [
  'main/domain/policy/budget.ts',
  'main/domain/policy/plan-slots.ts',
  'main/domain/policy/retry.ts',
  'main/domain/policy/warm-workers.ts',
  'main/domain/secrets/references.ts',
  'main/domain/secrets/rules.ts',
  'main/domain/timing/slots.ts',
  'main/services/consent/basis.ts',
  'main/services/consent/proposal-limits.ts',
  'main/services/consent/proposal-recovery.ts',
  'main/services/firing/overlap-guard.ts',
  'main/services/firing/past-slots.ts',
  'main/services/retention/retention.ts',
  'main/services/runs/attempts/execution-spec.ts',
  'main/services/runs/attempts/outcome-writer.ts',
  'main/adapters/storage/ledger/loss/identity.ts',
  'main/adapters/storage/ledger/loss/witness.ts',
  'main/adapters/storage/log-removal.ts',
  'main/adapters/storage/schedule/backups.ts',
  'main/adapters/storage/schedule/integrity.ts',
];

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

const files = process.argv.length > 2 ? process.argv.slice(2) : chosen;
process.env['MUTATED_FOLDERS'] = [...new Set(files.map((file) => dirname(file)))].join(',');
setPriority(constants.priority.PRIORITY_LOW);
const code = await runInForeground('npx', ['--no-install', 'stryker', 'run', '--mutate', files.join(',')], {
  cwd: inProject('.'),
});
if (code !== 0) process.exit(code);
const report = /** @type {Report} */ (JSON.parse(readFileSync(inProject('test-results/mutation/report.json'), 'utf8')));
console.log(summary(report).join('\n'));
