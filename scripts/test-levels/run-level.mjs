// Runs one level and reads its result.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isRoot, runInForeground } from '../setup/command.mjs';
import { nodeForWindows } from '../setup/node-for-windows.mjs';
import { inProject } from '../setup/project.mjs';
import { runCaptured } from './captured-output.mjs';
import { readPlaywrightReport } from './playwright-report.mjs';

/**
 * @typedef {import('./levels.mjs').Level} Level
 * @typedef {import('./count-reporter.mjs').Report} Report
 * @typedef {{ report: Report, output: string, seconds: number }} Result `output` is empty if it was shown live.
 */

/**
 * @param {Level} level
 * @param {{ more: readonly string[], deep: boolean, alone: boolean }} options `alone`: no other level runs, so the
 *   output is shown live.
 * @returns {Promise<Result>}
 */
export const runLevel = async (level, { more, deep, alone }) => {
  const since = performance.now();
  const impossible = reasonToSkip(level);
  if (impossible !== undefined) {
    const skipped = [{ name: `the whole level "${level.name}"`, reason: impossible }];
    return { report: { ...nothing, skipped }, output: '', seconds: 0 };
  }
  // A relative path, because a level may run in a copy of the checkout, whose test-results are copied back.
  const reportFile = join('test-results/reports', `${level.name}.json`);
  rmSync(inProject(reportFile), { force: true });
  const args = argumentsOf(level, more, reportFile);
  const options = {
    env: {
      ...inheritedBy(level),
      TZ: 'UTC',
      NCP_TEST_REPORT: reportFile,
      ...(level.usesWine ? { NCP_TEST_NODE_FOR_WINDOWS: nodeForWindows } : {}),
      ...(deep ? { TEST_DEEP: '1' } : {}),
    },
    limitMs: deep ? level.limitMs * 10 : level.limitMs,
    background: !alone && level.lane === 'compute',
  };
  const { code, output } = alone ? await runLive(args, options) : await runCaptured(level.name, args, options);
  const seconds = (performance.now() - since) / 1000;
  const report = level.kind === 'check' ? checked(level, code) : counted(level, inProject(reportFile), code);
  if (level.kind === 'check') report.times = [{ name: level.name, seconds }];
  return { report, output, seconds };
};

/** @type {Report} */
const nothing = { passed: 0, failed: 0, skipped: [], failures: [], times: [] };

/**
 * Returns the result of a level that did not run because something it needs is missing.
 * @param {Level} level
 * @param {string} problem
 * @returns {Result}
 */
export const notRun = (level, problem) => {
  const failures = [`set-up of what the level needs (${level.needs}) failed: ${problem}`];
  return { report: { ...nothing, failed: 1, failures }, output: '', seconds: 0 };
};

/**
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, limitMs: number }} options
 */
const runLive = async (args, options) => ({
  code: await runInForeground(process.execPath, args, { ...options, cwd: inProject() }),
  output: '',
});

/** @param {Level} level */
const reasonToSkip = (level) => {
  if (level.needsRoot && !isRoot()) return 'it mounts a small disk and acts as another user, which needs root';
  if (!level.asOrdinaryUser || process.platform !== 'linux' || level.kind !== 'playwright') return undefined;
  return findProgram('Xvfb') === undefined ? 'Xvfb is not installed (Debian package xvfb)' : undefined;
};

/**
 * Returns the environment for a level, for Playwright without NO_COLOR: Playwright always forces colours in its
 * workers, and Node would print a warning about the contradiction in each of them.
 * @param {Level} level
 */
const inheritedBy = (level) => {
  const { NO_COLOR, ...others } = process.env;
  return level.kind === 'playwright' || NO_COLOR === undefined ? others : { ...others, NO_COLOR };
};

/**
 * Folders that a level does not use, by what it needs. Set-up may still be writing them while the checkout is copied.
 * @type {Record<Level['needs'], readonly string[]>}
 */
const unused = { dependencies: ['out', 'dist'], build: ['dist'], 'packaged app': [] };

/**
 * @param {Level} level
 * @param {readonly string[]} more
 * @param {string} reportFile
 */
const argumentsOf = (level, more, reportFile) => {
  const args = level.args(more);
  if (!level.asOrdinaryUser) return args;
  const without = unused[level.needs].flatMap((folder) => ['--without', folder]);
  const report = ['--env', `PLAYWRIGHT_JSON_OUTPUT_FILE=${reportFile}`];
  return ['scripts/test-environment/run.mjs', ...without, ...report, '--', 'node', ...args];
};

/**
 * @param {Level} level
 * @param {number} code
 * @returns {Report}
 */
const checked = (level, code) =>
  code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1, failures: [level.name] };

/**
 * @param {Level} level
 * @param {string} file
 * @param {number} code
 * @returns {Report}
 */
const counted = (level, file, code) => {
  if (!existsSync(file)) return broken(level, code, nothing);
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const report = level.kind === 'playwright' ? readPlaywrightReport(json) : json;
  const ran = report.passed + report.failed + report.skipped.length;
  return (code !== 0 && report.failed === 0) || ran === 0 ? broken(level, code, report) : report;
};

/**
 * Adds a failure to the report of a runner that crashed, ran out of time, or found no test.
 * @param {Level} level
 * @param {number} code
 * @param {Report} report
 * @returns {Report}
 */
const broken = (level, code, report) => ({
  ...report,
  failed: report.failed + 1,
  failures: [...report.failures, `the level "${level.name}" ended with exit code ${code} and no failed test`],
});
