import type { Calendar } from '../../../../main/contract/calendars.ts';
import { text } from '../../../text/en.ts';

const words = text.calendars;

/** The form for a new calendar, as typed. */
export interface CalendarEntry {
  name: string;
  kind: 'holidays' | 'ics' | 'dates';
  country: string;
  /** Empty for the whole country. */
  state: string;
  from: string;
  /** One date in each line. */
  dates: string;
}

export type CalendarErrors = Partial<Record<'name' | 'from' | 'dates', string>>;

export const emptyCalendar: CalendarEntry = {
  name: '',
  kind: 'holidays',
  country: 'DE',
  state: '',
  from: '',
  dates: '',
};

/** Returns the calendar that the form describes, or what is wrong with it. `known` are the names that are taken. */
export function readCalendar(
  entry: CalendarEntry,
  known: readonly string[],
): { name: string; calendar: Calendar } | { errors: CalendarErrors } {
  const name = entry.name.trim();
  const days = entry.dates.split('\n').flatMap((line) => (line.trim() === '' ? [] : [dayOf(line.trim())]));
  const areDates = days.length > 0 && days.every(({ date }) => /^\d{4}-\d\d-\d\d$/.test(date));
  const errors: CalendarErrors = {
    ...(!/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u.test(name) && { name: words.nameWrong }),
    ...(known.includes(name) && { name: words.nameTaken }),
    ...(entry.kind === 'ics' && entry.from.trim() === '' && { from: words.fromWrong }),
    ...(entry.kind === 'dates' && !areDates && { dates: words.datesWrong }),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return { name, calendar: calendarOf(entry, days) };
}

function calendarOf({ kind, country, state, from }: CalendarEntry, days: { date: string; name: string }[]): Calendar {
  if (kind === 'ics') return { kind, from: from.trim() };
  if (kind === 'dates') return { kind, days };
  return { kind, country, ...(state !== '' && { state }) };
}

function dayOf(line: string): { date: string; name: string } {
  const [, date = line, name = ''] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
  return { date, name };
}
