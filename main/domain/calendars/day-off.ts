import { dayMs } from '../durations.ts';
import { instantsOf, offsetAt, offsetsAround } from '../timing/wall-clock.ts';
import type { WallMs } from '../timing/wall-clock.ts';

/** A calendar that can be asked about one day. */
export interface DayCalendar {
  readonly name: string;
  /** Returns the name of the day, empty if it has none; null if the calendar does not hold the day. */
  dayOn(date: string, weekday: number): string | null;
}

/** On which days a task runs, with its calendars. */
export interface CalendarRule {
  readonly skipOn: readonly DayCalendar[];
  /** Empty: every day that is not left out. */
  readonly onlyOn: readonly DayCalendar[];
  readonly dayOff: 'skip' | 'next' | 'previous';
  /** IANA zone of the task, which decides on which day a slot falls. */
  readonly timezone: string;
}

/** How far a slot can move, in days. No public holidays with their weekends last as long. */
export const furthestMove = 31;

const dateOf = (wall: WallMs): string => new Date(wall).toISOString().slice(0, 10);

/** Returns why a day is left out, such as `Germany, Christmas Day`; null if it is not. */
function reasonOn({ skipOn, onlyOn }: CalendarRule, wall: WallMs): string | null {
  const [date, weekday] = [dateOf(wall), new Date(wall).getUTCDay()];
  for (const calendar of skipOn) {
    const day = calendar.dayOn(date, weekday);
    if (day !== null) return day === '' ? calendar.name : `${calendar.name}, ${day}`;
  }
  if (onlyOn.length === 0 || onlyOn.some((calendar) => calendar.dayOn(date, weekday) !== null)) return null;
  return `not a day of ${onlyOn.map(({ name }) => name).join(' or ')}`;
}

const wallOf = ({ timezone }: CalendarRule, slotMs: number): WallMs => slotMs + offsetAt(timezone, slotMs);

/** Returns the slot to which a slot on a day that is left out moves; null if it does not move. */
export function movedSlot(rule: CalendarRule, slotMs: number): number | null {
  if (rule.dayOff === 'skip') return null;
  const from = wallOf(rule, slotMs);
  const step = rule.dayOff === 'next' ? dayMs : -dayMs;
  for (let days = 1; days <= furthestMove; days += 1) {
    const wall = from + days * step;
    if (reasonOn(rule, wall) !== null) continue;
    const [instant] = instantsOf(rule.timezone, wall, offsetsAround(rule.timezone, wall, wall), fixedTime);
    if (instant !== undefined) return instant;
  }
  return null;
}

/** A moved slot keeps its time of day: a skipped time moves by the gap, a repeated one counts once. */
const fixedTime = { followsRealTime: false, repeatsWithinHours: false };

/** Returns why a slot of the schedule does not run on its day, and where it moves; null if it runs. */
export function dayOffDetail(rule: CalendarRule, slotMs: number): string | null {
  const reason = reasonOn(rule, wallOf(rule, slotMs));
  if (reason === null) return null;
  const moved = movedSlot(rule, slotMs);
  if (moved !== null) return `${reason}; moved to ${dateOf(wallOf(rule, moved))}`;
  return rule.dayOff === 'skip' ? reason : `${reason}; no day that is not left out within ${furthestMove} days`;
}
