// The levels of tests in the order they run: cheap ones first. CONTRIBUTING.md says what belongs where.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { inProject } from '../setup/project.mjs';

const require = createRequire(import.meta.url);

/**
 * @typedef {object} Level
 * @property {string} name
 * @property {'check' | 'vitest' | 'playwright'} kind A check counts as one test: its command succeeds or fails.
 * @property {(more: readonly string[]) => string[]} args Arguments for Node, relative to the checkout.
 * @property {'dependencies' | 'build' | 'packaged app'} needs
 * @property {boolean} asOrdinaryUser In scripts/test-environment.
 * @property {boolean} [system] Needs Debian packages: a display, a bus, the OS schedulers.
 * @property {boolean} [needsRoot] Run as root, and skipped for anybody else.
 * @property {number} limitMs Then it is ended and counts as failed.
 */

const minute = 60_000;

/** @param {string} name @param {Level['needs']} needs @param {number} minutes @returns {Level} */
const vitest = (name, needs, minutes) => ({
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
  // Root may read and write what is forbidden: tests of permissions would have to be skipped.
  asOrdinaryUser: true,
  limitMs: minutes * minute,
});

/** @param {string} name @param {() => string[]} folders @param {number} minutes @returns {Level} */
const playwright = (name, folders, minutes) => ({
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
  asOrdinaryUser: true,
  system: true,
  limitMs: minutes * minute,
});

/** @param {string} name @param {string} script @param {readonly string[]} args @returns {Level} */
const check = (name, script, args) => ({
  name,
  kind: 'check',
  args: () => [script, ...args],
  needs: 'dependencies',
  asOrdinaryUser: false,
  limitMs: 5 * minute,
});

/** Folders of end-to-end tests other than the packaged checks. */
const journeys = () =>
  readdirSync(inProject('e2e'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'packaged')
    .map((entry) => `e2e/${entry.name}/`)
    .filter((folder) => readdirSync(inProject(folder)).some((file) => file.endsWith('.e2e.ts')));

const eslint = () => join(dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');

/** @returns {Level[]} */
export const levels = () => [
  check('types', 'scripts/types.mjs', []),
  {
    ...check('lint', '', []),
    args: () => [eslint(), '.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint'],
  },
  check('unused', 'node_modules/knip/bin/knip.js', ['--no-progress']),
  {
    ...check('format', '', []),
    args: () => ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  vitest('unit', 'dependencies', 8),
  vitest('property', 'dependencies', 10),
  vitest('process', 'build', 10),
  { ...vitest('os', 'build', 8), system: true },
  { ...vitest('root', 'build', 3), asOrdinaryUser: false, needsRoot: true },
  playwright('e2e', journeys, 20),
  playwright('packaged', () => ['e2e/packaged/'], 3),
];
