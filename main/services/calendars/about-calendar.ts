import type { Calendar } from '../../contract/calendars.ts';

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Returns what a calendar holds, in a few words. Leaves out the query of an address, which may be a secret. */
export function aboutCalendar(calendar: Calendar): string {
  switch (calendar.kind) {
    case 'holidays': {
      const place = [calendar.country, calendar.state, calendar.region].filter((part) => part !== undefined);
      return `public holidays of ${place.join('-')}`;
    }
    case 'ics':
      return `events of ${calendar.from.replace(/\?.*$/s, '?…')}`;
    case 'dates':
      return calendar.days.length === 1 ? '1 date' : `${calendar.days.length} dates`;
    case 'weekdays':
      return `every ${weekdaysInOrder(calendar.weekdays).join(' and ')}`;
  }
}

/** Returns the names of weekdays, Monday first. */
const weekdaysInOrder = (weekdays: readonly number[]): string[] =>
  [...weekdays].sort((one, other) => ((one + 6) % 7) - ((other + 6) % 7)).map((day) => weekdayNames[day] ?? '');
