import { DateTime } from 'luxon';
import type { ClockStyle } from '../../contract/time-style.ts';
import { dayId } from './day-ids.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import type { CronExpression, CronSets } from '../cron/cron-sets.ts';
import { eventsText } from '../timing/events.ts';
import type { CombinedSchedule, ScheduleSpec } from '../timing/schedule-spec.ts';
import { sentence } from './sentence.ts';
import { shortHash } from './short-hash.ts';
import { timeId, unionId } from './time-ids.ts';

/** Ids are used as names of files and units of every OS; a longer one is replaced by a hash. */
const LONGEST_ID = 64;
const SHORTEST_HASH = 5;

function cronId(sets: CronSets): string | null {
  const time = timeId(sets);
  const day = dayId(sets);
  if (time === null || day === null) return null;
  return time.kind === 'at' ? `${day}-${time.id}` : intervalId(time.id, day);
}

function intervalId(time: string, day: string): string {
  if (day === 'daily') return time;
  return `${time}-${day.startsWith('daily-in-') ? day.slice('daily-'.length) : day}`;
}

/** Returns `every-15min-9am-to-5pm-weekdays` for lines that are one interval of minutes; null for others. */
function runId(lines: readonly CronExpression[], day: string): string | null {
  const time = unionId(lines.map(({ sets }) => sets));
  return time === null ? null : intervalId(time, day);
}

/** Returns `daily-6-30am-3pm-8-45pm` or `every-2-weeks-fridays-9am`; null for lines on different days. */
function combinedId({ lines, phase }: CombinedSchedule): string | null {
  const [first] = lines;
  const times = lines.map(({ sets }) => timeId(sets));
  const days = new Set(lines.map(({ sets }) => dayId(sets)));
  const [day] = days;
  if (first === undefined || days.size > 1 || day === null || day === undefined) return null;
  const ids = times.flatMap((time) => (time?.kind === 'at' ? time.id : []));
  const id =
    lines.length === 1
      ? cronId(first.sets)
      : (runId(lines, day) ?? (ids.length === lines.length ? `${day}-${ids.join('-')}` : null));
  return id === null || phase === null ? id : `every-${phase.count}-${phase.unit}s-${id}`;
}

/** Returns the id of the schedule without its zone, or null if it needs too many words. */
function scheduleId(spec: ScheduleSpec): string | null {
  if (spec.kind === 'cron') return cronId(spec.cron.sets);
  if (spec.kind === 'combined') return combinedId(spec);
  // Not `every-2h`: an interval of real time is not the cron step of that name.
  if (spec.kind === 'interval') return `interval-${spec.minutes}min`;
  if (spec.kind === 'event') return eventsText(spec.events).replaceAll(' ', '-');
  if (spec.kind === 'on-demand') return 'on-demand';
  const local = DateTime.fromMillis(spec.atMs, { zone: spec.timezone, locale: 'en-US' });
  return `once-${local.toFormat('yyyy-MM-dd-HHmm')}`;
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

/** Returns whether a name has to tell the zone: it is not the machine's. Events have none. */
const namesZone = (spec: ScheduleSpec, machineTimezone: string): boolean =>
  spec.kind !== 'event' && spec.timezone !== machineTimezone;

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
  const zone = namesZone(spec, options.machineTimezone) ? `-${zoneSlug(spec.timezone)}` : '';
  const id = scheduleId(spec);
  const hash = shortHash(key);
  const readable = id === null ? '' : `${id}${zone}`;
  const isReadable = readable !== '' && readable.length <= LONGEST_ID;
  if (isReadable && !options.taken.has(readable)) return readable;
  const base = isReadable && readable.length + hash.length < LONGEST_ID ? readable : 'custom';
  for (let length = SHORTEST_HASH; length <= hash.length; length += 1) {
    const hashed = `${base}-${hash.slice(-length)}`;
    if (!options.taken.has(hashed)) return hashed;
  }
  let number = 2;
  while (options.taken.has(`${base}-${hash}-${number}`)) number += 1;
  return `${base}-${hash}-${number}`;
}

/** Returns a group's display name: `Every day at 9:00`, with the zone when it is not the machine's. */
export function timingName(spec: ScheduleSpec, machineTimezone: string, clock: ClockStyle): string {
  const name = sentence(spec, clock);
  return namesZone(spec, machineTimezone) ? `${name} (${spec.timezone})` : name;
}
