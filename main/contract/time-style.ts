import { z } from 'zod';
import type { Settings } from './settings.ts';

/** How a person reads times: a clock of 12 or 24 hours, and the day on which a week starts. */
export const timeStyleSchema = z.object({
  clock: z.enum(['12h', '24h']),
  weekStart: z.enum(['monday', 'sunday', 'saturday']),
});
export type TimeStyle = z.infer<typeof timeStyleSchema>;
export type ClockStyle = TimeStyle['clock'];

/** For texts that do not belong to one machine or person, such as the descriptions of OS entries. */
export const neutralClock: ClockStyle = '24h';

/** Returns the style that the settings choose; `system` follows the locale of the system. */
export function chosenTimeStyle(
  { timeFormat, firstDayOfWeek }: Pick<Settings, 'timeFormat' | 'firstDayOfWeek'>,
  system: () => TimeStyle,
): TimeStyle {
  return {
    clock: timeFormat === 'system' ? system().clock : timeFormat,
    weekStart: firstDayOfWeek === 'system' ? system().weekStart : firstDayOfWeek,
  };
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Returns a time of day: `9:00` or `9:00 AM`; with seconds `9:00:05` or `9:00:05 AM`. */
export function clockTime(hour: number, minute: number, clock: ClockStyle, second?: number): string {
  const tail = second === undefined ? two(minute) : `${two(minute)}:${two(second)}`;
  if (clock === '24h') return `${hour}:${tail}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${tail} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** Returns a full hour in as few characters as possible, for axes and grids: `18:00` or `6 PM`. */
export function shortHour(hour: number, clock: ClockStyle): string {
  return clock === '24h' ? clockTime(hour, 0, clock) : clockTime(hour, 0, clock).replace(':00', '');
}

/** Returns the weekdays in the order of a week, from 0 (Sunday) to 6. */
export function weekOrder(weekStart: TimeStyle['weekStart']): number[] {
  const first = { sunday: 0, monday: 1, saturday: 6 }[weekStart];
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7);
}
