import type { PartOfDay } from '../vocabulary.ts';
import type { SaidTime } from './draft.ts';

/**
 * Returns a time without am or pm moved into the part of the day it was given with, or null if it cannot be in that
 * part.
 */
export function inPartOfDay(time: SaidTime, part: PartOfDay): SaidTime | null {
  const { hour } = time;
  const at = (value: number): SaidTime => ({ ...time, hour: value, meridiem: true, bare: false });
  const half = time.meridiem || hour > 12 ? hour : null;
  if (part === 'morning') return (half ?? hour) < 12 ? at(hour) : null;
  const hours = { afternoon: [12, 18], evening: [16, 23], night: [18, 29] }[part];
  for (const candidate of half === null ? [hour + 12, hour, hour + 24] : [half, half + 24]) {
    if (candidate >= (hours[0] ?? 0) && candidate <= (hours[1] ?? 0)) return at(candidate % 24);
  }
  return hour === 12 && half === null && part !== 'evening' ? at(part === 'night' ? 0 : 12) : null;
}
