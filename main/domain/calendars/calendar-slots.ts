import { dayMs } from '../durations.ts';
import { dayOffDetail, furthestMove, movedSlot } from './day-off.ts';
import type { CalendarRule } from './day-off.ts';

/** Returns the slots of a schedule in (`afterMs`, `untilMs`], in order. */
type SlotsBetween = (afterMs: number, untilMs: number) => readonly number[];

/** The margin holds clock changes between a slot and the day to which it moves. */
export const furthestMoveMs = (furthestMove + 1) * dayMs;

/**
 * Returns the slots of a task with calendars in (`afterMs`, `untilMs`], in order: those of its schedule, also on days that are
 * left out, and those to which slots moved. A slot that moves to the time of another one is the same slot.
 */
export function calendarSlots(rule: CalendarRule, between: SlotsBetween, afterMs: number, untilMs: number): number[] {
  const slots = between(afterMs, untilMs);
  if (rule.dayOff === 'skip') return [...slots];
  const [from, until] =
    rule.dayOff === 'next' ? [afterMs - furthestMoveMs, untilMs] : [afterMs, untilMs + furthestMoveMs];
  const moved = between(from, until)
    .filter((slotMs) => dayOffDetail(rule, slotMs) !== null)
    .flatMap((slotMs) => movedSlot(rule, slotMs) ?? [])
    .filter((slotMs) => slotMs > afterMs && slotMs <= untilMs);
  return [...new Set([...slots, ...moved])].sort((one, other) => one - other);
}
