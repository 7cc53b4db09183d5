import { dayMs, weekMs } from '../durations.ts';
import type { WallMs } from './wall-clock.ts';

/** Every `count`th day, week (from Monday, ISO 8601) or month, counted from the one with a date. */
export interface Phase {
  /** At least 2. */
  readonly count: number;
  readonly unit: 'day' | 'week' | 'month';
  /** A date in the zone of the schedule: `2026-12-04`. */
  readonly from: string;
}

/** 1970-01-01 was a Thursday. */
const mondayMs = 3 * dayMs;

/** Returns the number of the day, week or month of a wall-clock time, counted from 1970. */
function periodOf(unit: Phase['unit'], wall: WallMs): number {
  if (unit === 'day') return Math.floor(wall / dayMs);
  if (unit === 'week') return Math.floor((wall + mondayMs) / weekMs);
  const date = new Date(wall);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

const modulo = (value: number, count: number): number => ((value % count) + count) % count;

/** Returns which of the `count` periods is meant, 0 to `count` - 1. Two dates of equal offset mean the same. */
export function phaseOffset({ count, unit, from }: Phase): number {
  return modulo(periodOf(unit, Date.parse(from)), count);
}

/** Returns the function that tells whether a wall-clock time is in the phase. */
export function inPhase(phase: Phase): (wall: WallMs) => boolean {
  const offset = phaseOffset(phase);
  return (wall) => modulo(periodOf(phase.unit, wall), phase.count) === offset;
}
