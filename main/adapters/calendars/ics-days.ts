import type { EventInstance, VEvent } from 'node-ical';
import type { CalendarDay } from '../../contract/calendars.ts';
import { dayMs } from '../../domain/durations.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/** A calendar with more is not one of days off, and a rule without an end must not fill the disk. */
const mostDays = 5000;
const longestEventDays = 366;

/**
 * Returns the days on which events of a calendar (RFC 5545) are, with their summaries: recurring events with their exceptions,
 * all days of an event that lasts longer. Cancelled events do not count.
 * @throws SchedulerError `calendar/invalid-ics`.
 */
export async function icsDays(text: string, fromYear: number, toYear: number): Promise<CalendarDay[]> {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw invalid('it does not begin with BEGIN:VCALENDAR');
  const { default: ical } = await import('node-ical');
  const range = { from: new Date(fromYear, 0, 1), to: new Date(toYear, 11, 31, 23, 59) };
  const events = parsed(() => Object.values(ical.sync.parseICS(text)));
  const days = new Map<string, string>();
  for (const event of events) {
    if (event?.type !== 'VEVENT' || event.status === 'CANCELLED') continue;
    for (const instance of parsed(() => ical.expandRecurringEvent(event, { ...range, expandOngoing: true })))
      for (const date of datesOf(instance)) if (!days.has(date)) days.set(date, summaryOf(event));
  }
  if (days.size > mostDays) throw invalid(`it has events on more than ${mostDays} days`);
  return [...days].sort(([one], [other]) => one.localeCompare(other)).map(([date, name]) => ({ date, name }));
}

/** Returns the dates of an event. The end of an event is the first moment after it. */
function datesOf({ start, end }: EventInstance): string[] {
  const first = localDate(start);
  const last = localDate(new Date(Math.max(start.getTime(), end.getTime() - 1)));
  const count = Math.round((last - first) / dayMs) + 1;
  return Array.from({ length: Math.min(count, longestEventDays) }, (_, index) =>
    new Date(first + index * dayMs).toISOString().slice(0, 10),
  );
}

/** The library gives dates without a time as midnight of this machine's zone. */
const localDate = (at: Date): number => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());

function summaryOf({ summary }: VEvent): string {
  const text = typeof summary === 'string' ? summary : (summary as { val?: string } | undefined)?.val;
  return (text ?? '').trim().slice(0, 200);
}

/** Silences the library meanwhile: it writes what the calendar says to the console as it is, control characters too. */
function parsed<T>(read: () => T): T {
  const terminal: Pick<Console, 'warn'> = console;
  const { warn } = terminal;
  terminal.warn = () => undefined;
  try {
    return read();
  } catch (error) {
    throw invalid(messageOf(error));
  } finally {
    terminal.warn = warn;
  }
}

function invalid(why: string): SchedulerError {
  return new SchedulerError('calendar/invalid-ics', `The calendar cannot be read as iCalendar (RFC 5545): ${why}.`, {});
}
