import type { CalendarPolicy } from '../../contract/calendars.ts';
import { dayMs } from '../../domain/durations.ts';
import type { Understood } from '../../domain/phrase/understand-schedule.ts';
import { storedSchedule } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import { isoOf, type ComingRuns } from '../schedule/coming-runs.ts';
import { nextRunCount } from '../schedule/timing-facts.ts';

/** Limit of slots that are shown as left out between the next runs. */
const shownDaysOff = 5;

export interface DaysOffNeeds {
  readonly coming: Pick<ComingRuns, 'ofTask' | 'daysOff'>;
  readonly clock: Clock;
}

/** Returns a schedule that was read, with its next runs as these calendars leave them, and the slots that they leave out. */
export function withDaysOff({ spec, answer }: Understood, calendars: CalendarPolicy, needs: DaysOffNeeds): Understood {
  const { coming, clock } = needs;
  const { startDate, endDate } = answer;
  const dates = { ...(startDate !== undefined && { startDate }), ...(endDate !== undefined && { endDate }) };
  const task = { ...storedSchedule(spec), ...dates, policies: { calendars } };
  const runs = coming.ofTask(task, clock.now(), nextRunCount);
  const fromMs = Math.max(clock.now(), startDate === undefined ? 0 : Date.parse(startDate) - 1);
  // A task that never runs shows which of its next days are left out.
  const untilMs = runs.at(-1) ?? fromMs + 366 * dayMs;
  const daysOff = coming.daysOff(task, fromMs, untilMs, shownDaysOff);
  return {
    spec,
    answer: {
      ...answer,
      nextRuns: runs.map((slotMs) => isoOf(slotMs)),
      daysOff: daysOff.map(({ slotMs, reason }) => ({ slot: isoOf(slotMs), reason })),
    },
  };
}
