import { expect, it } from 'vitest';
import { chosenTimeStyle, clockTime, shortHour, weekOrder } from './time-style.ts';
import { settingsSchema } from './settings.ts';

it.each([
  [0, 0, '0:00', '12:00 AM'],
  [0, 5, '0:05', '12:05 AM'],
  [9, 30, '9:30', '9:30 AM'],
  [12, 0, '12:00', '12:00 PM'],
  [23, 59, '23:59', '11:59 PM'],
])('%d hours %d minutes is %s or %s', (hour, minute, on24, on12) => {
  expect([clockTime(hour, minute, '24h'), clockTime(hour, minute, '12h')]).toEqual([on24, on12]);
});

it('shortens full hours only', () => {
  expect([shortHour(18, '24h'), shortHour(18, '12h'), shortHour(0, '12h')]).toEqual(['18:00', '6 PM', '12 AM']);
  expect(clockTime(9, 5, '12h', 7)).toBe('9:05:07 AM');
});

it('starts a week on each of the days that the settings offer', () => {
  expect(weekOrder('monday')).toEqual([1, 2, 3, 4, 5, 6, 0]);
  expect(weekOrder('sunday')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(weekOrder('saturday')).toEqual([6, 0, 1, 2, 3, 4, 5]);
});

it('follows the system unless the settings choose', () => {
  const system = () => ({ clock: '12h', weekStart: 'sunday' }) as const;
  expect(chosenTimeStyle(settingsSchema.parse({}), system)).toEqual({ clock: '12h', weekStart: 'sunday' });
  const chosen = settingsSchema.parse({ timeFormat: '24h', firstDayOfWeek: 'monday' });
  expect(chosenTimeStyle(chosen, system)).toEqual({ clock: '24h', weekStart: 'monday' });
});
