// A Vitest reporter that writes the counts and durations that `npm test` adds up, and the reason for every skip, which
// Vitest's JSON reporter omits. NCP_TEST_REPORT is the path of the file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @typedef {object} Report
 * @property {number} passed
 * @property {number} failed
 * @property {Array<{ name: string, reason: string }>} skipped
 * @property {string[]} failures Names of failed tests and files.
 * @property {Array<{ name: string, seconds: number }>} times How long each test took.
 */

export default class CountReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {Report} */
    const report = { passed: 0, failed: 0, skipped: [], failures: [], times: [] };
    for (const module of modules) countModule(module, report);
    for (const error of unhandledErrors) addFailure(report, `an error outside any test: ${messageOf(error)}`);
    const file = process.env['NCP_TEST_REPORT'];
    if (file === undefined) throw new Error('NCP_TEST_REPORT is not set; it names the file of the report.');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
}

/**
 * @param {import('vitest/node').TestModule} module
 * @param {Report} report
 */
const countModule = (module, report) => {
  // A file that cannot be loaded, or whose beforeAll fails, has no failed test; the error counts instead.
  for (const error of module.errors()) addFailure(report, `${module.moduleId}: ${messageOf(error)}`);
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) addFailure(report, `${suite.fullName}: ${messageOf(error)}`);
  }
  for (const test of module.children.allTests()) {
    countTest(test, report);
    const seconds = (test.diagnostic()?.duration ?? 0) / 1000;
    report.times.push({ name: `${module.relativeModuleId} > ${test.fullName}`, seconds });
  }
};

/**
 * @param {import('vitest/node').TestCase} test
 * @param {Report} report
 */
const countTest = (test, report) => {
  const result = test.result();
  if (result.state === 'passed') report.passed += 1;
  else if (result.state === 'failed') addFailure(report, test.fullName);
  else report.skipped.push({ name: test.fullName, reason: ('note' in result && result.note) || test.options.mode });
};

/**
 * @param {Report} report
 * @param {string} name
 */
const addFailure = (report, name) => {
  report.failed += 1;
  report.failures.push(name);
};

/** @param {unknown} error */
const messageOf = (error) =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
