// What `npm run test:mutation` changes without arguments: where a wrong decision starts a slot twice, loses one, or gives a
// right. Each group is a run of its own with only the tests that belong to it, so that it ends in minutes.

/**
 * @typedef {object} Group
 * @property {string} name
 * @property {readonly string[]} files
 * @property {readonly string[]} tests patterns of test files
 */

/**
 * Returns the paths of files in a folder.
 * @param {string} folder
 * @param {string} names without `.ts`, with a blank between them
 */
const inFolder = (folder, names) => names.split(' ').map((name) => `${folder}/${name}.ts`);

const attempts = 'main/services/runs/attempts';
const consent = 'main/services/consent';
const cron = 'main/domain/cron';
const ledger = 'main/adapters/storage/ledger';
const policy = 'main/domain/policy';
const schedule = 'main/adapters/storage/schedule';
const timing = 'main/domain/timing';

/** @type {readonly Group[]} */
export const groups = [
  {
    name: 'policy',
    files: inFolder(policy, 'attention-needs budget plan-slots retry retry-after warm-workers'),
    tests: [`${policy}/*.test.ts`],
  },
  {
    name: 'timing',
    files: [
      ...inFolder(timing, 'slots interval-spec wall-clock wall-days combined-spec phase zone-changes schedule-key'),
      ...inFolder(timing, 'events spec-of exact-text'),
      ...inFolder(
        cron,
        'cron-fields cron-sets dialects exact-days format-cron listed-times matching-days month-shapes',
      ),
      ...inFolder(cron, 'normal-days normal-exact normal-form parse-cron parse-days parse-field combine-lines'),
    ],
    // Not time-zone.test.ts: it sets the time zone of the process, which a thread cannot.
    tests: [
      `${timing}/{combined-spec,slots,spec-of}.test.ts`,
      `${cron}/{dialects,exact-days,parse-cron,peer-tables}.test.ts`,
    ],
  },
  {
    name: 'secrets',
    files: inFolder('main/domain/secrets', 'references rules'),
    tests: ['main/domain/secrets/*.test.ts'],
  },
  {
    name: 'storage',
    files: [
      ...inFolder(ledger, 'claims executions outcomes run-state waits marks retention'),
      ...inFolder(`${ledger}/loss`, 'guard witness ledger-file'),
      ...inFolder(schedule, 'backups file reader document'),
      'main/adapters/storage/log-removal.ts',
    ],
    tests: [`${ledger}/**/*.test.ts`, `${schedule}/*.test.ts`, 'main/adapters/storage/log-removal.test.ts'],
  },
  {
    name: 'parts',
    files: [
      ...inFolder(attempts, 'budget-gate empty-answer execution-spec follow-up outcome-writer seen task-servers'),
      ...inFolder(consent, 'basis proposal-limits proposal-state'),
      ...inFolder('main/services/history', 'differences restore-fields'),
      'main/services/schedule/waits.ts',
    ],
    // Only tests of these files alone, which take milliseconds.
    tests: [
      `${attempts}/{budget-gate,empty-answer,execution-spec,follow-up,outcome-writer,seen,task-servers}.test.ts`,
      `${consent}/{basis,proposal-limits,proposal-state}.test.ts`,
      'main/services/history/differences.test.ts',
      'main/services/schedule/waits.test.ts',
    ],
  },
  {
    name: 'records',
    files: [...inFolder(schedule, 'edits integrity'), ...inFolder(ledger, 'values loss/identity loss/place')],
    tests: [`${schedule}/{edits,integrity}.test.ts`, `${ledger}/{values,loss/identity,loss/place}.test.ts`],
  },
  {
    name: 'attempts',
    files: inFolder(attempts, 'attempt-runner claim-batch probe-spec with-access'),
    tests: [`${attempts}/*.test.ts`],
  },
  {
    name: 'firing',
    files: [
      ...inFolder('main/services/firing', 'past-slots overlap-guard held-slot task-completion task-attempts lost-runs'),
      ...inFolder('main/services/schedule', 'slot-planner slot-history timing-groups'),
      'main/services/retention/retention.ts',
    ],
    tests: ['main/services/{firing,schedule,retention}/*.test.ts'],
  },
  {
    name: 'consent',
    files: inFolder(consent, 'proposal-recovery approved-runs apply-change proposals surrounding-facts'),
    tests: [`${consent}/*.test.ts`, 'main/mcp-server/consent.test.ts'],
  },
  {
    name: 'history',
    files: inFolder(
      'main/services/history',
      'change-history undo-change undo-definitions undo-settings schedule-restore undone-changes',
    ),
    tests: ['main/services/history/*.test.ts'],
  },
];
