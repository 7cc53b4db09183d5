import { expect, it } from 'vitest';
import { settingsSchema } from '../contract/settings.ts';
import { isAnnounced } from './announce-failures.ts';

const desktop = { channels: { here: { kind: 'desktop' } }, rules: [{ events: ['failed'], channels: ['here'] }] };

it.each([
  ['its switch is on', { notifyOnFailure: true }, true],
  ['its switch is off', { notifyOnFailure: false }, false],
  ['rules of alerts decide, whatever the switch says', { notifyOnFailure: false, alerts: desktop }, true],
])('a failure without the app starts it if %s', (_, settings, expected) => {
  expect(isAnnounced(settingsSchema.parse(settings), 'notifyOnFailure')).toBe(expected);
});
