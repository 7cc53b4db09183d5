// Formats what `npm test` prints when all levels have ended. CI reads the last line.

/**
 * @typedef {import('./count-reporter.mjs').Report} Report
 * @typedef {{ name: string, report: Report, seconds: number }} Ended A level that has ended.
 */

/**
 * Returns `N passed, N failed`, followed by `, N skipped` if any were skipped.
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
const counts = (passed, failed, skipped) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/**
 * Returns a line for each level, followed by its failures and its skips with their reasons.
 * @param {readonly Ended[]} ended
 */
export const summaryLines = (ended) =>
  ended.flatMap(({ name, report, seconds }) => [
    `${name.padEnd(10)} ${counts(report.passed, report.failed, report.skipped.length)}  (${Math.round(seconds)} s)`,
    ...report.failures.map((failure) => `  FAILED: ${failure}`),
    ...report.skipped.map((skip) => `  SKIPPED: ${skip.name} (${skip.reason})`),
  ]);

/**
 * Returns the slowest tests of all levels, slowest first: seconds, level, name.
 * @param {readonly Ended[]} ended
 * @param {number} count
 */
export const slowestLines = (ended, count) =>
  ended
    .flatMap((level) => level.report.times.map((time) => ({ ...time, level: level.name })))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ seconds, level, name }) => `${seconds.toFixed(1).padStart(7)} s  ${level.padEnd(10)} ${name}`);

/**
 * Returns the closing line, which adds up all levels.
 * @param {readonly Ended[]} ended
 */
export const closingLine = (ended) => {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { report } of ended) {
    total.passed += report.passed;
    total.failed += report.failed;
    total.skipped += report.skipped.length;
  }
  return counts(total.passed, total.failed, total.skipped);
};
