import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronTexts, instants, zones } from '../../testing/cron-texts.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS, runsOf } from '../../testing/property-runs.ts';
import type { CronExpression, CronSets, DayRule } from '../cron/cron-sets.ts';
import { parseCron } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import { nextSlots, slotsBetween } from './slots.ts';
import { offsetAt } from './wall-clock.ts';
import { zoneChanges } from './zone-changes.ts';

const COUNT = 10;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const iso = (slots: readonly number[]): string[] => slots.map((slot) => new Date(slot).toISOString());

/** Returns the expression, or null if it is refused with a SchedulerError. */
function parsed(text: string): CronExpression | null {
  try {
    return parseCron(text);
  } catch (error) {
    if (error instanceof SchedulerError) return null;
    throw error;
  }
}

/** croner reads `sun-sun` as the whole week. */
const cronerReadsAlike = (text: string): boolean => !/sun-sun/i.test(text);

/** cron-parser accepts one `#` and no list beside it; croner accepts `#` in lists. */
const cronParserKnows = (text: string): boolean => !/#.*,|,.*#/.test(text.split(' ')[4] ?? '');

/**
 * Its own reading of the text; it refuses lists that name a value twice and `fri-sun`, for which the canonical text stands in.
 * It is asked from well before a clock change: begun just after one, it forgets what the gap moved there (5.10.5:
 * `0-1 1-3 * * *` in Pacific/Apia after 2020-09-26T14:00Z lacks 14:01Z, which it gives from any earlier start).
 */
function fromCronParser(text: string, canonical: string, timezone: string, afterMs: number, count: number): number[] {
  const isAfterChange = zoneChanges(timezone, afterMs - 2 * HOUR_MS, afterMs).length > 0;
  const options = { currentDate: isAfterChange ? afterMs - DAY_MS : afterMs, tz: timezone };
  const iterate = () => {
    try {
      return CronExpressionParser.parse(text, options);
    } catch (error) {
      if (!/duplicate values|Invalid range: \d-0/.test(String(error))) throw error;
      return CronExpressionParser.parse(canonical, options);
    }
  };
  const iterator = iterate();
  const slots: number[] = [];
  while (slots.length < count) {
    const slot = iterator.next().getTime();
    if (slot > afterMs) slots.push(slot);
  }
  return slots;
}

function fromCroner(text: string, timezone: string, afterMs: number, count: number): number[] {
  return new Cron(text, { timezone, mode: '5-part' }).nextRuns(count, new Date(afterMs)).map((date) => date.getTime());
}

/** Returns the leading slots that are more than a day away from any clock change. */
function beforeChange(zone: string, afterMs: number, slots: readonly number[]): number[] {
  const last = slots.at(-1) ?? afterMs;
  if (zoneChanges(zone, afterMs - DAY_MS, afterMs).length > 0) return [];
  const [change] = zoneChanges(zone, afterMs, Math.min(last + DAY_MS, afterMs + 400 * DAY_MS));
  const until = Math.min(change?.atMs ?? Infinity, afterMs + 400 * DAY_MS) - DAY_MS;
  return slots.filter((slot) => slot < until);
}

describe('slots', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it('equal croner’s outside clock changes', async () => {
    let compared = 0;
    await checkProperty(
      'slots against croner',
      1500,
      fc.property(cronTexts, zones, instants, (text, zone, after) => {
        const cron = parsed(text);
        if (cron === null || !cronerReadsAlike(text)) return;
        const slots = nextSlots({ kind: 'cron', cron, timezone: zone }, after, COUNT);
        const quiet = beforeChange(zone, after, slots);
        const theirs = fromCroner(text, zone, after, quiet.length);
        expect(iso(quiet), `${text} in ${zone} after ${new Date(after).toISOString()}`).toEqual(iso(theirs));
        compared += quiet.length;
      }),
    );
    console.log(`slots against croner: ${compared} slots compared`);
    expect(compared).toBeGreaterThan(runsOf(1000));
  });

  it('equal cron-parser’s outside clock changes, and across changes of whole hours', async () => {
    let compared = 0;
    await checkProperty(
      'slots against cron-parser',
      1500,
      fc.property(cronTexts, zones, instants, (text, zone, after) => {
        const cron = parsed(text);
        if (cron === null || !cronParserKnows(text) || !cronParserKnows(cron.canonical)) return;
        const slots = nextSlots({ kind: 'cron', cron, timezone: zone }, after, COUNT);
        // cron-parser runs an interval within some hours once in a repeated hour; cron, croner and cronsim as we do.
        const differs = cron.sets.repeatsWithinHours && !cron.sets.followsRealTime;
        const comparable = differs || zone === 'Australia/Lord_Howe' ? beforeChange(zone, after, slots) : slots;
        const theirs = fromCronParser(text, cron.canonical, zone, after, comparable.length);
        expect(iso(comparable), `${text} in ${zone} after ${new Date(after).toISOString()}`).toEqual(iso(theirs));
        compared += comparable.length;
      }),
    );
    console.log(`slots against cron-parser: ${compared} slots compared`);
    expect(compared).toBeGreaterThan(runsOf(1000));
  });
});

/** Returns whether a day matches, from the sets by definition alone. */
function dayMatches({ monthDays, lastDayOfMonth, weekdays, nthWeekdays }: DayRule, date: Date): boolean {
  if (monthDays === null && weekdays === null) return true;
  const day = date.getUTCDate();
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  if (monthDays?.includes(day) === true || (lastDayOfMonth && day === length)) return true;
  if (weekdays?.includes(date.getUTCDay()) === true) return true;
  return nthWeekdays.some(
    ({ weekday, nth }) =>
      weekday === date.getUTCDay() && (nth === -1 ? day + 7 > length : nth === Math.floor((day - 1) / 7) + 1),
  );
}

/** The rules of time of docs/architecture.md, minute by minute and without any library: slow and obviously correct. */
function minuteByMinute(sets: CronSets, zone: string, afterMs: number, untilMs: number): number[] {
  const slots = new Set<number>();
  const matches = (wall: number): boolean => {
    const date = new Date(wall);
    return (
      sets.minutes.includes(date.getUTCMinutes()) &&
      sets.hours.includes(date.getUTCHours()) &&
      sets.months.includes(date.getUTCMonth() + 1) &&
      dayMatches(sets.days, date)
    );
  };
  const seen = new Set<number>();
  const first = Math.floor(afterMs / 60_000) * 60_000 - 4 * HOUR_MS;
  let offset = offsetAt(zone, first - 60_000);
  for (let instant = first; instant <= untilMs; instant += 60_000) {
    const before = offset;
    offset = offsetAt(zone, instant);
    const gap = offset - before;
    if (gap > 0 && gap < 20 * HOUR_MS && !sets.followsRealTime) {
      for (let wall = instant + before; wall < instant + offset; wall += 60_000)
        if (matches(wall)) slots.add(wall - before);
    }
    const wall = instant + offset;
    if (matches(wall) && (sets.repeatsWithinHours || !seen.has(wall))) slots.add(instant);
    seen.add(wall);
  }
  return [...slots].filter((slot) => slot > afterMs && slot <= untilMs).sort((a, b) => a - b);
}

describe('slots across clock changes', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it('follow the rules minute by minute, in every zone', async () => {
    let compared = 0;
    await checkProperty(
      'slots minute by minute',
      200,
      fc.property(cronTexts, zones, instants, (text, zone, after) => {
        const cron = parsed(text);
        if (cron === null) return;
        const until = after + 3 * DAY_MS;
        const slots = slotsBetween({ kind: 'cron', cron, timezone: zone }, after, until, 10_000);
        expect(iso(slots), `${text} in ${zone} after ${new Date(after).toISOString()}`).toEqual(
          iso(minuteByMinute(cron.sets, zone, after, until)),
        );
        compared += slots.length;
      }),
    );
    console.log(`slots minute by minute: ${compared} slots compared`);
  });

  it('come in order, on the minute, after the start, and the same from any starting point', async () => {
    await checkProperty(
      'slots in order',
      1000,
      fc.property(cronTexts, zones, instants, fc.nat({ max: COUNT - 2 }), (text, zone, after, index) => {
        const cron = parsed(text);
        if (cron === null) return;
        const spec = { kind: 'cron', cron, timezone: zone } as const;
        const slots = nextSlots(spec, after, COUNT);
        expect(slots).toHaveLength(COUNT);
        slots.forEach((slot, at) => {
          expect(slot).toBeGreaterThan(slots[at - 1] ?? after);
          expect(slot % 60_000).toBe(0);
        });
        const from = slots[index] ?? after;
        expect(nextSlots(spec, from, COUNT - index - 1)).toEqual(slots.slice(index + 1));
        expect(slotsBetween(spec, after, slots.at(-1) ?? after, COUNT)).toEqual(slots);
        expect(slotsBetween(spec, after, from, COUNT)).toEqual(slots.slice(0, index + 1));
      }),
    );
  });
});
