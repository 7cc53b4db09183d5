// Runs one level and reads what came of it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isRoot, runInForeground } from '../setup/command.mjs';
import { inProject } from '../setup/project.mjs';
import { readPlaywrightReport } from './playwright-report.mjs';

/**
 * @typedef {import('./levels.mjs').Level} Level
 * @typedef {import('./count-reporter.mjs').Report} Report
 */

/**
 * @param {Level} level
 * @param {{ more: readonly string[], deep: boolean }} options
 * @returns {Promise<Report>}
 */
export const runLevel = async (level, { more, deep }) => {
  const impossible = reasonToSkip(level);
  if (impossible !== undefined)
    return { ...nothing, skipped: [{ name: `the whole level "${level.name}"`, reason: impossible }] };
  // Relative: a level may run in a copy of the checkout, whose test-results are brought back.
  const reportFile = join('test-results/reports', `${level.name}.json`);
  rmSync(inProject(reportFile), { force: true });
  const code = await runInForeground(process.execPath, commandOf(level, more, reportFile), {
    cwd: inProject(),
    env: {
      ...inheritedBy(level),
      TZ: 'UTC',
      NCP_TEST_REPORT: reportFile,
      ...(deep ? { TEST_DEEP: '1' } : {}),
    },
    limitMs: deep ? level.limitMs * 10 : level.limitMs,
  });
  return level.kind === 'check' ? checked(level, code) : counted(level, inProject(reportFile), code);
};

/** @type {Report} */
const nothing = { passed: 0, failed: 0, skipped: [], failures: [] };

/** @param {Level} level */
const reasonToSkip = (level) => {
  if (level.needsRoot && !isRoot()) return 'it mounts a small disk and acts as another user, which needs root';
  if (!level.asOrdinaryUser || process.platform !== 'linux' || level.kind !== 'playwright') return undefined;
  return findProgram('Xvfb') === undefined ? 'Xvfb is not installed (Debian package xvfb)' : undefined;
};

/**
 * Playwright asks its workers for colours whatever we want; Node would warn in each of them of the contradiction.
 * @param {Level} level
 */
const inheritedBy = (level) => {
  const { NO_COLOR, ...others } = process.env;
  return level.kind === 'playwright' || NO_COLOR === undefined ? others : { ...others, NO_COLOR };
};

/**
 * @param {Level} level
 * @param {readonly string[]} more
 * @param {string} reportFile
 */
const commandOf = (level, more, reportFile) => {
  const args = level.args(more);
  if (!level.asOrdinaryUser) return args;
  const report = `PLAYWRIGHT_JSON_OUTPUT_FILE=${reportFile}`;
  return ['scripts/test-environment/run.mjs', '--env', report, '--', 'node', ...args];
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
 * The runner did not succeed, and no test says why: crashed, out of time, or without a test.
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
