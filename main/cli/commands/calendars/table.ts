import type { CalendarView } from '../../../contract/calendars.ts';
import type { TextView } from '../../text/view.ts';

/** Describes the fields of a calendar in JSON answers. */
export const calendarAnswer =
  'name, kind (holidays, ics, dates, weekdays), about, next (its next day: date, name), days (how many are known), readAt, problem (why the last reading failed), tasks (that use it)';

/** Returns calendars as a table, one per line. */
export function calendarTable(calendars: readonly CalendarView[], view: TextView): Promise<string> {
  return view.table(
    calendars,
    [
      { title: 'NAME', cell: ({ name }) => view.plain(name), whole: true },
      { title: 'HOLDS', cell: ({ about }) => view.plain(about) },
      { title: 'NEXT', cell: ({ next }) => (next === null ? '-' : view.plain(`${next.date} ${next.name}`.trim())) },
      { title: 'TASKS', cell: ({ tasks }) => String(tasks.length), align: 'right' },
      { title: 'PROBLEM', cell: ({ problem }) => view.plain(problem ?? '') },
    ],
    'No calendars.',
  );
}
