import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { CalendarWriter } from '../../ports/calendar-writer.ts';

/** How often a program that follows the file should read it again, in seconds. */
const refreshSeconds = 60 * 60;
/** Control characters, which RFC 5545 (3.1) allows in no text, except tabs and line ends. */
// oxlint-disable-next-line no-control-regex -- that is what it looks for
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
const clean = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll(controls, '\uFFFD');

export const icalWriter: CalendarWriter = {
  text: ({ name, description, atMs, events }) => {
    const calendar = ical({
      name,
      prodId: { company: 'NCP Scheduler', product: 'Schedule', language: 'EN' },
      ttl: refreshSeconds,
      ...(description !== '' && { description: clean(description) }),
    });
    for (const event of events) {
      calendar.createEvent({
        id: clean(event.uid),
        ...{ stamp: new Date(atMs), start: new Date(event.startMs), end: new Date(event.endMs) },
        ...{ summary: clean(event.summary), description: clean(event.description) },
        categories: event.categories.map((category) => ({ name: clean(category) })),
        ...{ transparency: ICalEventTransparency.TRANSPARENT, status: ICalEventStatus.CONFIRMED },
      });
    }
    return calendar.toString();
  },
};
