import { expect, test } from 'vitest';
import { closingLine, slowestLines, summaryLines } from './summary.mjs';

const ended = [
  {
    name: 'unit',
    seconds: 61.6,
    report: {
      passed: 3,
      failed: 1,
      skipped: [{ name: 'fish completes', reason: 'fish is not installed' }],
      failures: ['a > b'],
      times: [
        { name: 'quick', seconds: 0.2 },
        { name: 'slow', seconds: 12.34 },
      ],
    },
  },
  {
    name: 'lint',
    seconds: 40,
    report: { passed: 1, failed: 0, skipped: [], failures: [], times: [{ name: 'lint', seconds: 40 }] },
  },
];

test('each level has a line, followed by its failures and its skips', () => {
  expect(summaryLines(ended)).toEqual([
    'unit       3 passed, 1 failed, 1 skipped  (62 s)',
    '  FAILED: a > b',
    '  SKIPPED: fish completes (fish is not installed)',
    'lint       1 passed, 0 failed  (40 s)',
  ]);
});

test('the slowest tests of all levels come first', () => {
  expect(slowestLines(ended, 2)).toEqual(['   40.0 s  lint       lint', '   12.3 s  unit       slow']);
});

test('the closing line, which CI reads, adds up all levels', () => {
  expect(closingLine(ended)).toBe('4 passed, 1 failed, 1 skipped');
  expect(closingLine(ended.slice(1))).toBe('1 passed, 0 failed');
});
