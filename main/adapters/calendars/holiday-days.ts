import type { Calendar, CalendarDay } from '../../contract/calendars.ts';
import { dayMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { CountryChoice } from '../../ports/calendars.ts';

type HolidayCalendar = Extract<Calendar, { kind: 'holidays' }>;

/** The data of all countries are 1.3 MB, so they are loaded only when holidays are computed. */
const library = async () => (await import('date-holidays')).default;

/**
 * Returns the public holidays of some years, with English names.
 * @throws SchedulerError `calendar/unknown-country`, `calendar/unknown-region`.
 */
export async function holidayDays(calendar: HolidayCalendar, fromYear: number, toYear: number): Promise<CalendarDay[]> {
  const Holidays = await library();
  const { country, state, region } = calendar;
  assertKnown('country', country, new Holidays().getCountries('en'));
  if (state !== undefined) assertKnown('state', state, new Holidays().getStates(country, 'en'));
  if (state !== undefined && region !== undefined)
    assertKnown('region', region, new Holidays().getRegions(country, state, 'en'));
  const place = [country, ...(state === undefined ? [] : [state, ...(region === undefined ? [] : [region])])];
  const holidays = new Holidays();
  holidays.init(place[0] ?? '', place[1] ?? '', place[2] ?? '', { languages: ['en'], types: ['public'] });
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, index) => fromYear + index);
  return years.flatMap((year) => holidays.getHolidays(year, 'en').flatMap(daysOf));
}

/** Returns each date of a holiday. Some, such as Eid al-Fitr, last several days. */
function daysOf(holiday: { date: string; start: Date; end: Date; name: string }): CalendarDay[] {
  const firstMs = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
  const count = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / dayMs));
  return Array.from({ length: count }, (_, index) => ({
    date: new Date(firstMs + index * dayMs).toISOString().slice(0, 10),
    name: holiday.name,
  }));
}

/** Returns the countries, or the states of one, for which holidays are known, by name. */
export async function holidayChoices(country?: string): Promise<CountryChoice[]> {
  const Holidays = await library();
  const names = country === undefined ? new Holidays().getCountries('en') : new Holidays().getStates(country, 'en');
  return Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function assertKnown(
  what: 'country' | 'state' | 'region',
  code: string,
  known: Record<string, string> | undefined,
): void {
  if (known !== undefined && Object.hasOwn(known, code)) return;
  const codes = Object.keys(known ?? {});
  const choices = codes.length === 0 ? `there is no ${what} to choose` : `known are ${codes.join(', ')}`;
  throw new SchedulerError(
    what === 'country' ? 'calendar/unknown-country' : 'calendar/unknown-region',
    `Holidays of the ${what} "${code}" are not known: ${choices}.`,
    { field: what, value: code, known: codes },
  );
}
