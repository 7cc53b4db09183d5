import { isAbsolute, resolve } from 'node:path';
import type { Calendar } from '../../../contract/calendars.ts';
import { definedOf } from '../../../domain/defined.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { list, required, text } from '../../option.ts';
import { calendarAnswer } from './table.ts';

const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export const calendarsAddCommand = defineCommand({
  name: 'calendars add',
  byPerson: true,
  summary: 'Add a calendar, or replace one, of public holidays, a file, dates or weekdays.',
  description:
    'Tasks name it with --skip-on or --only-on. Give one of --holidays, --ics, --date and --weekdays. The change is in the history and can be undone.',
  positionals: { name: required(text('What you call the calendar.', 'NAME')) },
  options: {
    holidays: text(
      'Public holidays of a country, a state or a region, by their ISO 3166 codes: DE, DE-BY, US-CA.',
      'COUNTRY',
    ),
    ics: text('File or address (https) of a calendar in the format iCalendar. Its events are the days.', 'FILE'),
    date: list('A date, with its name if it has one: 2026-12-24, or "2026-12-24 Office closed".', 'DATE'),
    weekdays: text('Days of every week, separated by commas: fri,sat.', 'DAYS'),
  },
  answers: `calendar: ${calendarAnswer}.`,
  examples: [
    { line: 'calendars add Bavaria --holidays DE-BY', does: 'add the public holidays of Bavaria' },
    { line: 'calendars add Team --ics https://example.org/team.ics', does: 'follow a calendar on a server' },
    { line: 'calendars add Closed --date "2026-12-24 Office closed" --date 2026-12-31', does: 'add two dates' },
  ],
  run: async (context, { name, ...given }) => {
    const calendars = await (await context.application()).calendars();
    return { calendar: await calendars.add(name, calendarOf(given), 'cli') };
  },
  text: ({ calendar: { name, about, days, next } }, view) => {
    const known = days === null ? '' : ` with ${days} days`;
    const first = next === null ? '' : ` The next one is ${next.date}${next.name === '' ? '' : `, ${next.name}`}.`;
    return view.plain(`Added ${name}${known}: ${about}.${first}`);
  },
});

interface Given {
  readonly holidays: string | undefined;
  readonly ics: string | undefined;
  readonly date: readonly string[] | undefined;
  readonly weekdays: string | undefined;
}

function calendarOf({ holidays, ics, date, weekdays }: Given): Calendar {
  if ([holidays, ics, date, weekdays].filter((each) => each !== undefined).length !== 1) {
    const message = 'calendars add needs exactly one of --holidays, --ics, --date and --weekdays.';
    throw new SchedulerError('usage/missing-argument', message, { missing: ['--holidays'] });
  }
  if (holidays !== undefined) {
    const [country = '', state, region] = holidays.toUpperCase().split('-');
    return { kind: 'holidays', country, ...definedOf({ state, region }) };
  }
  if (ics !== undefined) return { kind: 'ics', from: /^[a-z]+:/i.test(ics) || isAbsolute(ics) ? ics : resolve(ics) };
  if (date !== undefined) return { kind: 'dates', days: date.map(dayOf) };
  return { kind: 'weekdays', weekdays: (weekdays ?? '').split(',').map(weekdayOf) };
}

function dayOf(given: string): { date: string; name: string } {
  const [, date = given, name = ''] = /^(\S+)(?:\s+(.+))?$/s.exec(given.trim()) ?? [];
  return { date, name };
}

function weekdayOf(given: string): number {
  const number = weekdayNames.indexOf(given.trim().slice(0, 3).toLowerCase());
  if (number >= 0) return number;
  const message = `--weekdays: "${given}" is not a weekday. Write names separated by commas, for example fri,sat.`;
  throw new SchedulerError('usage/invalid-option', message, { option: '--weekdays', given });
}
