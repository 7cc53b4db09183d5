import type { CalendarPolicy } from '../../../main/contract/calendars.ts';

/** What a calendar does to a task, in the editor. */
export type CalendarUse = 'none' | 'skip' | 'only';

interface DaysSummary {
  calendars: Readonly<Record<string, CalendarUse>>;
  dayOff: NonNullable<CalendarPolicy['dayOff']>;
}

const dayOffs = {
  skip: 'Skip the run',
  next: 'Run on the next day that is not left out',
  previous: 'Run on the previous day that is not left out',
} as const;

const moves = { skip: '', next: 'runs move to the next day', previous: 'runs move to the previous day' } as const;

export const calendars = {
  title: 'Calendars',
  hint: 'Sets of days, such as public holidays, on which tasks do not run or run only. Choose them in the editor of a task.',
  none: 'No calendars yet. “weekends” always exists.',
  add: 'Add',
  addCalendar: 'Add a calendar',
  name: 'Calendar name',
  kind: 'Days',
  kinds: { holidays: 'Public holidays', ics: 'Calendar file (.ics)', dates: 'Dates' },
  country: 'Country',
  state: 'State or region',
  wholeCountry: 'Whole country',
  from: 'File or address',
  fromHint: 'The path of a file, or an address that begins with https://. It is read once a day.',
  dates: 'Dates',
  datesHint: 'One in each line, with its name: 2026-12-24 Office closed.',
  datesWrong: 'Enter dates such as 2026-12-24, one in each line.',
  nameWrong: 'Use letters, digits and spaces, for example Germany.',
  nameTaken: 'A calendar has this name already.',
  fromWrong: 'Enter the path of a file or an address.',
  nextDay: (date: string, name: string) => (name === '' ? `next ${date}` : `next ${date}, ${name}`),
  usedBy: (tasks: number) => (tasks === 1 ? 'used by 1 task' : `used by ${tasks} tasks`),
  readAgain: 'Read again',
  readAgainNamed: (name: string) => `Read the calendar ${name} again`,
  remove: 'Remove',
  removeNamed: (name: string) => `Remove the calendar ${name}`,
  removed: (name: string) => `The calendar ${name} was removed.`,
  unreadable: 'The calendars cannot be read',
  editor: {
    title: 'Days off',
    use: 'On the days of this calendar',
    uses: { none: 'Run as on other days', skip: 'Do not run', only: 'Run, and on no other day' },
    dayOff: 'If a run is due on a day that is left out',
    dayOffs,
    more: 'Add public holidays or other calendars in Settings, Calendars.',
    summary: ({ calendars: chosen, dayOff }: DaysSummary): string => {
      const named = (use: CalendarUse) =>
        Object.entries(chosen)
          .filter(([, value]) => value === use)
          .map(([name]) => name);
      const [skip, only] = [named('skip'), named('only')];
      if (skip.length + only.length === 0) return 'runs on every day of its schedule';
      return [
        skip.length === 0 ? '' : `not on ${skip.join(', ')}`,
        only.length === 0 ? '' : `only on ${only.join(', ')}`,
        moves[dayOff],
      ]
        .filter((part) => part !== '')
        .join(', ');
    },
  },
} as const;
