import { expect, test } from 'vitest';
import { calendarSchema } from '../../../../main/contract/calendars.ts';
import { text } from '../../../text/en.ts';
import { emptyCalendar, readCalendar } from './calendar-entry.ts';
import type { CalendarEntry } from './calendar-entry.ts';

const read = (entry: Partial<CalendarEntry>) => readCalendar({ ...emptyCalendar, ...entry }, ['weekends']);

test.each<[Partial<CalendarEntry>, object]>([
  [
    { name: ' Bavaria ', country: 'DE', state: 'BY' },
    { kind: 'holidays', country: 'DE', state: 'BY' },
  ],
  [{ name: 'Germany' }, { kind: 'holidays', country: 'DE' }],
  [
    { name: 'Team', kind: 'ics', from: ' https://example.org/a.ics ' },
    { kind: 'ics', from: 'https://example.org/a.ics' },
  ],
  [
    { name: 'Closed', kind: 'dates', dates: '2026-12-24 Office closed\n\n2026-12-31\n' },
    {
      kind: 'dates',
      days: [
        { date: '2026-12-24', name: 'Office closed' },
        { date: '2026-12-31', name: '' },
      ],
    },
  ],
])('the form %j becomes a calendar that the contract accepts', (entry, calendar) => {
  expect(read(entry)).toEqual({ name: entry.name?.trim(), calendar });
  expect(calendarSchema.parse(calendar)).toEqual(calendar);
});

test('the form says what is wrong beside each field', () => {
  const words = text.calendars;
  expect(read({ name: '' })).toEqual({ errors: { name: words.nameWrong } });
  expect(read({ name: 'weekends' })).toEqual({ errors: { name: words.nameTaken } });
  expect(read({ name: 'A', kind: 'ics' })).toEqual({ errors: { from: words.fromWrong } });
  expect(read({ name: 'A', kind: 'dates', dates: 'tomorrow' })).toEqual({ errors: { dates: words.datesWrong } });
});
