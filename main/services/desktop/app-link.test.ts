import { expect, test } from 'vitest';
import { readAppLink } from './app-link.ts';

test.each(['ncp-scheduler://execution/3f2c-9', 'ncp-scheduler://execution/3f2c-9/'])('%s leads to the run', (link) =>
  expect(readAppLink(link)).toEqual({ target: { view: 'execution', executionId: '3f2c-9' } }),
);

test('a link leads to a line of the log', () =>
  expect(readAppLink('ncp-scheduler://execution/3f2c-9#L120')).toEqual({
    target: { view: 'execution', executionId: '3f2c-9', line: 120 },
  }));

test.each([
  'ncp-scheduler://execution/3f2c-9#L0',
  'ncp-scheduler://execution/3f2c-9#L1e9',
  'ncp-scheduler://execution/3f2c-9#120',
  'ncp-scheduler://execution/',
  'ncp-scheduler://execution/a/b',
  'ncp-scheduler://execution/..%2F..%2Fetc',
  'ncp-scheduler://task/delete/all',
  'https://execution/3f2c-9',
  `ncp-scheduler://execution/${'x'.repeat(65)}`,
  'ncp-scheduler:',
  'not a link',
])('%s is refused', (link) => expect(readAppLink(link)).toHaveProperty('refusal'));
