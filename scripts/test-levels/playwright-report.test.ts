import { expect, test } from 'vitest';
import { readPlaywrightReport } from './playwright-report.mjs';

const spec = (title: string, status: string, annotations: { type: string; description?: string }[] = []) => ({
  title,
  tests: [{ status, annotations, results: [{ duration: 1500 }] }],
});

test('tests in nested suites are counted, with their durations and the reasons for skips', () => {
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
    times: [
      { name: 'tray.e2e.ts > opens quick add', seconds: 1.5 },
      { name: 'tray.e2e.ts > with cron > fires', seconds: 1.5 },
      { name: 'tray.e2e.ts > with cron > is listed', seconds: 1.5 },
    ],
  });
});

test('a test that passed only on a retry counts as failed', () => {
  const report = readPlaywrightReport({ suites: [{ title: 'a', specs: [spec('b', 'flaky')] }] });
  expect(report.failures).toEqual(['a > b']);
});

test('an error outside any test is a failure', () => {
  const report = readPlaywrightReport({ suites: [], errors: [{ message: 'no such file' }] });
  expect(report).toMatchObject({ failed: 1, failures: ['an error outside any test: no such file'] });
});
