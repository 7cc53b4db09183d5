import { IANAZone } from 'luxon';
import { SchedulerError } from '../errors.ts';
import { editDistance } from '../words/edit-distance.ts';
import { ZONE_LINKS } from './zone-links.ts';

const SHAPE = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const LONGEST = 64;
const SUGGESTIONS = 3;

/** Returns every canonical zone name, in alphabetical order. */
export function knownTimeZones(): string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => ZONE_LINKS[name] ?? name);
  return [...new Set([...names, 'UTC'])].sort();
}

/** Returns the place in a zone's name: `new york` for `America/New_York`. */
export const placeOf = (zone: string): string =>
  zone
    .slice(zone.lastIndexOf('/') + 1)
    .replaceAll('_', ' ')
    .toLowerCase();

/** Returns the zone names nearest to an unknown one: the same place first, then the smallest edit distance. */
function nearestTimeZones(text: string): string[] {
  const wanted = text.trim().slice(0, LONGEST).toLowerCase().replaceAll('_', ' ');
  const wantedPlace = wanted.slice(wanted.lastIndexOf('/') + 1);
  const distance = (zone: string): number =>
    Math.min(editDistance(wantedPlace, placeOf(zone)), editDistance(wanted, zone.replaceAll('_', ' ').toLowerCase()));
  return knownTimeZones()
    .map((zone) => ({ zone, distance: distance(zone) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ zone }) => zone);
}

const linkOf = (name: string): string | undefined => (Object.hasOwn(ZONE_LINKS, name) ? ZONE_LINKS[name] : undefined);

/**
 * Zones looked up before. Creating an ICU formatter takes half a millisecond, and every task and group of a schedule
 * needs one. Bounded, because any mixture of upper and lower case is accepted as a name.
 */
const known = new Map<string, string>();
const KNOWN_AT_MOST = 2_000;

/** Returns the canonical name of a zone in any case and spelling that IANA knows, or null. */
export function canonicalTimeZone(zone: string): string | null {
  // The most frequent zone needs no lookup.
  if (zone === 'UTC') return zone;
  const before = known.get(zone);
  if (before !== undefined) return before;
  const canonical = lookedUp(zone);
  if (canonical !== null && known.size < KNOWN_AT_MOST) known.set(zone, canonical);
  return canonical;
}

function lookedUp(zone: string): string | null {
  if (zone.length > LONGEST || !SHAPE.test(zone)) return null;
  const linked = linkOf(zone);
  if (linked !== undefined) return linked;
  if (!IANAZone.create(zone).isValid) return null;
  const resolved = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  if (resolved.toLowerCase() === zone.toLowerCase()) return linkOf(resolved) ?? resolved;
  const written = Object.keys(ZONE_LINKS).find((name) => name.toLowerCase() === zone.toLowerCase());
  return (written === undefined ? undefined : linkOf(written)) ?? linkOf(resolved) ?? resolved;
}

/**
 * Returns the canonical IANA spelling of a zone: `asia/calcutta` gives `Asia/Kolkata`, `Etc/UTC` gives `UTC`.
 *
 * @throws SchedulerError `schedule/unknown-time-zone`, with the nearest names in `details.suggestions`.
 */
export function assertTimeZone(zone: string): string {
  const canonical = canonicalTimeZone(zone);
  if (canonical !== null) return canonical;
  const suggestions = nearestTimeZones(zone);
  throw new SchedulerError(
    'schedule/unknown-time-zone',
    `"${zone.slice(0, LONGEST)}" is not an IANA time zone. Did you mean ${suggestions.join(', ')}?`,
    { field: 'timezone', value: zone.slice(0, LONGEST), suggestions },
  );
}

/**
 * Returns this machine's zone, or UTC if the system does not report one.
 *
 * The first formatter of a process makes ICU list all its locales (10 ms in Node 20), and most servers run in UTC. So
 * the text of a date is checked first: only UTC is named like this, and only in English. Any other zone is asked of
 * ICU.
 */
export function machineTimeZone(): string {
  if (new Date(0).toString().endsWith('GMT+0000 (Coordinated Universal Time)')) return 'UTC';
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined;
  return (zone === undefined ? null : canonicalTimeZone(zone)) ?? 'UTC';
}
