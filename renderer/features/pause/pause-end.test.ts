import { expect, test } from 'vitest';
import { text } from '../../text/en.ts';
import { pauseEnd } from './pause-end.ts';

const now = Date.parse('2026-11-25T10:41:20Z');

test.each([
  ['resumed', '', undefined],
  ['hour', '', '2026-11-25T11:41:20.000Z'],
  ['week', '', '2026-12-02T10:41:20.000Z'],
  ['at', '2026-11-26T08:00', '2026-11-26T08:00:00.000Z'],
] as const)('a pause until %s %s ends at %s', (span, at, until) => {
  expect(pauseEnd(span, at, now)).toEqual({ until });
});

test('a pause needs a date and time in the future', () => {
  expect(pauseEnd('at', '', now)).toEqual({ error: text.pausing.atMissing });
  expect(pauseEnd('at', '2026-11-25T10:00', now)).toEqual({ error: text.pausing.atPast });
});
