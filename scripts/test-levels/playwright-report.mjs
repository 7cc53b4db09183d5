// Turns Playwright's JSON report into the counts and durations that `npm test` adds up.

/**
 * @typedef {{ title: string, suites?: Suite[], specs?: Spec[] }} Suite
 * @typedef {{ title: string, tests: TestOfSpec[] }} Spec
 * @typedef {{ status: string, annotations: Annotation[], results?: Array<{ duration: number }> }} TestOfSpec
 * @typedef {{ type: string, description?: string }} Annotation
 */

/**
 * @param {{ suites?: Suite[], errors?: Array<{ message?: string }> }} json
 * @returns {import('./count-reporter.mjs').Report}
 */
export const readPlaywrightReport = (json) => {
  /** @type {import('./count-reporter.mjs').Report} */
  const report = { passed: 0, failed: 0, skipped: [], failures: [], times: [] };
  for (const error of json.errors ?? []) {
    report.failed += 1;
    report.failures.push(`an error outside any test: ${error.message ?? 'no message'}`);
  }
  for (const suite of json.suites ?? []) countSuite(suite, [], report);
  return report;
};

/**
 * @param {Suite} suite
 * @param {readonly string[]} above
 * @param {import('./count-reporter.mjs').Report} report
 */
const countSuite = (suite, above, report) => {
  const path = [...above, suite.title];
  for (const spec of suite.specs ?? []) {
    const name = [...path, spec.title].join(' > ');
    for (const test of spec.tests) countTest(name, test, report);
  }
  for (const child of suite.suites ?? []) countSuite(child, path, report);
};

/**
 * @param {string} name
 * @param {TestOfSpec} test
 * @param {import('./count-reporter.mjs').Report} report
 */
const countTest = (name, test, report) => {
  const milliseconds = (test.results ?? []).reduce((sum, { duration }) => sum + duration, 0);
  report.times.push({ name, seconds: milliseconds / 1000 });
  if (test.status === 'skipped') {
    const skip = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
    report.skipped.push({ name, reason: skip?.description ?? 'no reason given' });
  } else if (test.status === 'expected') {
    report.passed += 1;
  } else {
    // "unexpected" or "flaky": a test that passed only on a retry counts as failed.
    report.failed += 1;
    report.failures.push(name);
  }
};
