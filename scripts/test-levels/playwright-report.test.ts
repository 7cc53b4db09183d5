import { expect, test } from 'vitest';
import { readPlaywrightReport } from './playwright-report.mjs';

const spec = (title: string, status: string, annotations: { type: string; description?: string }[] = []) => ({
  title,
  tests: [{ status, annotations }],
});

test('counts the tests of nested suites, and keeps the reason of a skip', () => {
  const report = readPlaywrightReport({
    suites: [
      {
        title: 'tray.e2e.ts',
        specs: [spec('opens quick add', 'expected')],
        suites: [
          {
            title: 'with cron',
            specs: [
              spec('fires', 'skipped', [{ type: 'skip', description: 'no cron daemon runs' }]),
              spec('is listed', 'unexpected'),
            ],
          },
        ],
      },
    ],
  });
  expect(report).toEqual({
    passed: 1,
    failed: 1,
    skipped: [{ name: 'tray.e2e.ts > with cron > fires', reason: 'no cron daemon runs' }],
    failures: ['tray.e2e.ts > with cron > is listed'],
  });
});

test('a test that passed only on its second run has failed', () => {
  const report = readPlaywrightReport({ suites: [{ title: 'a', specs: [spec('b', 'flaky')] }] });
  expect(report.failures).toEqual(['a > b']);
});

test('an error outside of any test is a failure', () => {
  const report = readPlaywrightReport({ suites: [], errors: [{ message: 'no such file' }] });
  expect(report).toMatchObject({ failed: 1, failures: ['an error outside of any test: no such file'] });
});
