import { dayMs } from '../../../domain/durations.ts';
import { listedDates } from '../../../domain/timing/interval-spec.ts';
import type { IntervalSchedule } from '../../../domain/timing/schedule-spec.ts';
import { slotsBetween } from '../../../domain/timing/slots.ts';

/** systemd knows no later year. */
const lastYear = 2199;
/** This week and the next two. */
const listedWeeks = 3;
/** More than the slots of three weeks: one a minute. */
const mostSlots = 40_000;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Returns the slots of the weeks that an entry lists. */
export function listedSlots(interval: IntervalSchedule, nowMs: number): number[] {
  const { fromMs, untilMs } = listedDates(nowMs, listedWeeks);
  return slotsBetween(interval, fromMs - 1, untilMs - 1, mostSlots);
}

/**
 * Returns the dates of systemd events for every day after the listed weeks. Without them, an entry that nothing renews would
 * lose slots.
 */
export function laterDates(nowMs: number): string[] {
  const first = new Date(listedDates(nowMs, listedWeeks).untilMs);
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth() + 1, first.getUTCDate()];
  return [
    `${year}-${twoDigits(month)}-${twoDigits(day)}..31`,
    ...(month === 12 ? [] : [`${year}-${month === 11 ? '12' : `${twoDigits(month + 1)}..12`}-*`]),
    `${year + 1}..${lastYear}-*-*`,
  ];
}

/** Returns the last listed day, `2026-12-20`. */
export const lastListedDay = (nowMs: number): string =>
  new Date(listedDates(nowMs, listedWeeks).untilMs - dayMs).toISOString().slice(0, 10);
