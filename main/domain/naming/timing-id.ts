import { DateTime } from 'luxon';
import { dayWords } from './day-words.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { sentence } from './sentence.ts';
import { shortHash } from './short-hash.ts';
import { timeWords } from './time-words.ts';
import type { WordPair } from './word-pair.ts';

/** Ids are used as names of files and units of every OS; a longer one is replaced by a hash. */
const LONGEST_ID = 64;
const SHORTEST_HASH = 5;

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Returns the schedule in a few words, without its zone, or null if it needs too many. */
function scheduleWords(spec: ScheduleSpec): WordPair | null {
  if (spec.kind === 'once') {
    const local = DateTime.fromMillis(spec.atMs, { zone: spec.timezone, locale: 'en-US' });
    return {
      id: `once-${local.toFormat('yyyy-MM-dd-HHmm')}`,
      name: `Once on ${local.toFormat("d LLLL yyyy 'at' h:mm a")}`,
    };
  }
  const time = timeWords(spec.cron.sets);
  const day = dayWords(spec.cron.sets);
  if (time === null || day === null) return null;
  if (time.kind === 'at') return { id: `${day.id}-${time.id}`, name: `${day.name} ${time.name}` };
  if (day.id === 'daily') return time;
  const days = day.id.startsWith('daily-in-')
    ? { id: day.id.slice('daily-'.length), name: day.name.slice('Daily '.length) }
    : day;
  return { id: `${time.id}-${days.id}`, name: `${time.name}, ${lowerFirst(days.name)}` };
}

/**
 * Returns `america-new-york` for a zone. Spells out the sign of `Etc/GMT+5`, which is all that distinguishes it from
 * `Etc/GMT-5`.
 */
function zoneSlug(zone: string): string {
  return zone
    .toLowerCase()
    .replaceAll('+', '-plus-')
    .replace(/-(?=\d)/, zone.includes('+') ? '-' : '-minus-')
    .replace(/[^a-z0-9]+/g, '-');
}

/**
 * Returns the id of a schedule's timing group.
 *
 * Readable (`daily-9am`, `every-5min`, `weekdays-9am`, `once-2026-12-03-1415`). The zone is appended when it is not the
 * machine's; a hash of the key is used when a few words cannot describe the schedule or another key has the id. An id
 * that this key already has is kept, whatever the machine's zone is now.
 */
export function timingId(
  spec: ScheduleSpec,
  options: { readonly machineTimezone: string; readonly taken: ReadonlyMap<string, string> },
): string {
  const key = scheduleKey(spec);
  for (const [id, takenKey] of options.taken) if (takenKey === key) return id;
  const zone = spec.timezone === options.machineTimezone ? '' : `-${zoneSlug(spec.timezone)}`;
  const words = scheduleWords(spec);
  const hash = shortHash(key);
  const readable = words === null ? '' : `${words.id}${zone}`;
  const isReadable = readable !== '' && readable.length <= LONGEST_ID;
  if (isReadable && !options.taken.has(readable)) return readable;
  const base = isReadable && readable.length + hash.length < LONGEST_ID ? readable : 'custom';
  for (let length = SHORTEST_HASH; length <= hash.length; length += 1) {
    const id = `${base}-${hash.slice(-length)}`;
    if (!options.taken.has(id)) return id;
  }
  let number = 2;
  while (options.taken.has(`${base}-${hash}-${number}`)) number += 1;
  return `${base}-${hash}-${number}`;
}

/** Returns a group's display name: `Daily at 9:00 AM`, with the zone when it is not the machine's. */
export function timingName(spec: ScheduleSpec, machineTimezone: string): string {
  const name = scheduleWords(spec)?.name ?? sentence(spec);
  return spec.timezone === machineTimezone ? name : `${name} (${spec.timezone})`;
}
