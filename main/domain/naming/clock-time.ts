import type { ClockStyle } from '../../contract/time-style.ts';

/** For texts that do not belong to one machine or person, such as the descriptions of OS entries. */
export const neutralClock: ClockStyle = '24h';

/**
 * Returns a time of day: `9:00` or `9:00 AM`. The twin of the contract's function, which the domain may not import at
 * run time; a test holds them equal.
 */
export function clockTime(hour: number, minute: number, clock: ClockStyle): string {
  const past = String(minute).padStart(2, '0');
  if (clock === '24h') return `${hour}:${past}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${past} ${hour < 12 ? 'AM' : 'PM'}`;
}
