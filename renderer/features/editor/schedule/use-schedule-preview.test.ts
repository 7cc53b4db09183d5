import { expect, test } from 'vitest';
import { withoutHint } from './use-schedule-preview.ts';

test('suggestions that stand below as buttons are not repeated in the error', () => {
  const message = 'Is 5 AM or PM? Try "at 5am", "at 5pm".';
  expect(withoutHint(message, ['at 5am', 'at 5pm'])).toBe('Is 5 AM or PM?');
  expect(withoutHint(message, ['another'])).toBe(message);
  expect(withoutHint('No. Try .', [])).toBe('No. Try .');
});
