import { expect, test } from 'vitest';
import { failureHeadline } from './failure-headline.ts';

const message = 'The command ended with exit code 2.';
const line = 'ls: cannot access x';

test('is what the program said', () => {
  expect(failureHeadline({ error: { code: 'shell/exit-code', message, line }, exitCode: 2 })).toBe(
    'ls: cannot access x (exit code 2)',
  );
});

test('is the message if the program said nothing, a signal ended it, or something else decided', () => {
  expect(failureHeadline({ error: { code: 'shell/exit-code', message }, exitCode: 2 })).toBe(message);
  expect(failureHeadline({ error: { code: 'shell/exit-code', message, line }, exitCode: 137 })).toBe(message);
  expect(failureHeadline({ error: { code: 'check/contains', message, line }, exitCode: 0 })).toBe(message);
  expect(failureHeadline({ error: null, exitCode: 0 })).toBe('');
});
