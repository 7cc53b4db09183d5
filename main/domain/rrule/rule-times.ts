import { minuteMs } from '../durations.ts';
import { canonicalTimeZone } from '../timing/time-zone.ts';
import { WINDOWS_ZONES } from '../timing/windows-zones.ts';
import { instantsOf, offsetsAround } from '../timing/wall-clock.ts';
import type { WallMs } from '../timing/wall-clock.ts';
import { rruleProblem } from './rrule-problem.ts';

/** A date and time of a rule. */
export interface Moment {
  readonly atMs: number;
  readonly wall: WallMs;
  readonly zone: string;
}

export const wallOf = ({ wall }: Moment): string => new Date(wall).toISOString().slice(0, 16).replace('T', ' ');

const FORM = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i;

/** A local time that a clock change skips moves by the gap, one that it repeats counts once (RFC 5545, section 3.3.5). */
const fixed = { followsRealTime: false, repeatsWithinHours: false };

/** Outlook and Exchange write the names of Windows: `W. Europe Standard Time`. */
const zoneNamed = (name: string): string | null =>
  canonicalTimeZone(Object.hasOwn(WINDOWS_ZONES, name) ? (WINDOWS_ZONES[name] ?? name) : name);

/**
 * Reads `20261201T090000`, `…Z` or `20261201`, in the zone of `TZID`, or in `zone`. A date alone is its first minute, or its
 * last with `asEnd`.
 */
export function readMoment(
  name: string,
  value: string,
  parameters: ReadonlyMap<string, string>,
  zone: string,
  asEnd = false,
): Moment {
  const [, year, month, day, hour, minute = '00', second = '00', utc] = FORM.exec(value) ?? [];
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  const time = hour === undefined ? (asEnd ? '23:59:00' : '00:00:00') : `${hour}:${minute}:${second}`;
  const wall = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date)
    throw rruleProblem(`${name}:${value.slice(0, 40)}`, 'is not a date and time. Write it like 20261201T090000.');
  if (wall % minuteMs !== 0 && name === 'DTSTART')
    throw rruleProblem(`${name}:${value}`, 'has seconds. Schedules run on full minutes.');
  const said = parameters.get('TZID');
  const named = said === undefined ? null : zoneNamed(said.replace(/^"|"$/g, ''));
  if (said !== undefined && named === null && utc === undefined)
    throw rruleProblem(
      `TZID=${said}`,
      'is not a time zone of IANA, such as Europe/Berlin, nor one of Windows. Name the zone of IANA.',
    );
  if (name !== 'UNTIL' && !(Number(year) > 1 && Number(year) < 9999))
    throw rruleProblem(`${name}:${value}`, 'is not in the years 2 to 9998, in which schedules can run.');
  const own = utc === undefined ? (named ?? zone) : 'UTC';
  const [atMs] = instantsOf(own, wall, offsetsAround(own, wall, wall), fixed);
  if (atMs === undefined) throw rruleProblem(`${name}:${value}`, `does not exist in ${own}.`);
  return { atMs, wall, zone: own };
}
