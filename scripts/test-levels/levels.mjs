// Defines the test levels. CONTRIBUTING.md describes what belongs to each level, and which levels run in parallel.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inProject } from '../setup/project.mjs';

const require = createRequire(import.meta.url);

/**
 * @typedef {object} Level
 * @property {string} name
 * @property {'check' | 'vitest' | 'playwright'} kind A check counts as one test: its command succeeds or fails.
 * @property {(more: readonly string[]) => string[]} args Arguments for Node, relative to the checkout.
 * @property {'dependencies' | 'build' | 'packaged app'} needs
 * @property {Lane} lane
 * @property {boolean} asOrdinaryUser Runs in scripts/test-environment.
 * @property {boolean} [system] Needs Debian packages: a display, a bus, the OS schedulers.
 * @property {boolean} [usesWine] Runs programs for Windows; skipped where Wine or Node for Windows cannot be installed.
 * @property {boolean} [needsRoot] Runs as root; skipped for other users.
 * @property {number} limitMs A level that takes longer is stopped and counts as failed.
 */

/**
 * Levels of one lane run one after the other; lanes run in parallel. `compute` keeps the processor busy and gives the
 * other lanes precedence, because their tests wait for processes, timers and windows and are sensitive to delays.
 * @typedef {'compute' | 'processes' | 'os' | 'desktop'} Lane
 */

const minute = 60_000;

/**
 * @param {string} name
 * @param {Pick<Level, 'lane' | 'needs'>} options
 * @returns {Level}
 */
const vitest = (name, { lane, needs }) => ({
  name,
  kind: 'vitest',
  args: (more) => [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=./scripts/test-levels/count-reporter.mjs',
    ...more,
  ],
  needs,
  lane,
  // Root may read and write every file, so tests of permissions need an ordinary user.
  asOrdinaryUser: true,
  limitMs: 30 * minute,
});

/**
 * @param {string} name
 * @param {() => string[]} folders
 * @returns {Level}
 */
const playwright = (name, folders) => ({
  name,
  kind: 'playwright',
  args: (more) => [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config=e2e/playwright.config.ts',
    '--reporter=list,json',
    ...(more.length > 0 ? more : folders()),
  ],
  needs: 'packaged app',
  lane: 'desktop',
  asOrdinaryUser: true,
  system: true,
  limitMs: 30 * minute,
});

/**
 * @param {string} name
 * @param {() => string[]} args
 * @returns {Level}
 */
const check = (name, args) => ({
  name,
  kind: 'check',
  args,
  needs: 'dependencies',
  lane: 'compute',
  asOrdinaryUser: false,
  limitMs: 20 * minute,
});

/** Returns the folders of end-to-end tests, except the packaged checks. */
const journeys = () =>
  readdirSync(inProject('e2e'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'packaged')
    .map((entry) => `e2e/${entry.name}/`)
    .filter((folder) => readdirSync(inProject(folder)).some((file) => file.endsWith('.e2e.ts')));

/** @param {string} name @param {string} file */
const binOf = (name, file) => join(dirname(require.resolve(`${name}/package.json`)), file);

/**
 * Returns all levels, in the order of the summary and of each lane.
 * @returns {Level[]}
 */
export const levels = () => [
  check('lint', () => [binOf('oxlint', 'bin/oxlint')]),
  check('unused', () => ['node_modules/knip/bin/knip.js', '--no-progress']),
  check('format', () => [binOf('oxfmt', 'bin/oxfmt'), '--check']),
  vitest('unit', { lane: 'compute', needs: 'dependencies' }),
  vitest('property', { lane: 'compute', needs: 'dependencies' }),
  vitest('process', { lane: 'processes', needs: 'build' }),
  { ...vitest('os', { lane: 'os', needs: 'build' }), system: true },
  // One Windows for the level: as root, in the checkout, whose files Wine sees as drive Z.
  { ...vitest('wine', { lane: 'os', needs: 'build' }), system: true, asOrdinaryUser: false, usesWine: true },
  { ...vitest('root', { lane: 'processes', needs: 'build' }), asOrdinaryUser: false, needsRoot: true },
  playwright('e2e', journeys),
  playwright('packaged', () => ['e2e/packaged/']),
];

/**
 * With fewer processors, `processes` and `desktop` take longer side by side than in turn, and their tests exceed limits,
 * so they share a lane. The other two still run beside it: `os` mostly waits for the next minute, and `compute` gives
 * precedence and uses the time in which the others wait.
 */
const processorsForLanes = 8;

/**
 * Groups the chosen levels by lane. Without throwaway users, all levels that use the OS schedulers or the desktop share
 * the person's crontab and systemd user manager, so they go into one lane.
 * @param {readonly Level[]} chosen
 * @param {{ throwawayUsers: boolean, processors: number }} machine
 * @returns {Level[][]}
 */
export const lanesOf = (chosen, { throwawayUsers, processors }) => {
  if (processors === 1) return [[...chosen]];
  /** @param {Level} level @returns {Lane} */
  const laneOf = ({ system, lane }) => {
    const inTurn = lane === 'processes' && processors < processorsForLanes;
    return (system || inTurn) && !throwawayUsers ? 'os' : inTurn ? 'desktop' : lane;
  };
  /** @type {Map<Lane, Level[]>} */
  const lanes = new Map();
  for (const level of chosen) {
    const lane = laneOf(level);
    lanes.set(lane, [...(lanes.get(lane) ?? []), level]);
  }
  return [...lanes.values()];
};
