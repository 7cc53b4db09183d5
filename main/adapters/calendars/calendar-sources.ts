import { isAbsolute } from 'node:path';
import type { Calendar, CalendarDay } from '../../contract/calendars.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { CalendarSources } from '../../ports/calendars.ts';
import { readFile } from '../files/read-file.ts';

/** Ten years of a busy team have 2 MB. */
const mostBytes = 10 * 1024 * 1024;
/** A task waits for this at most once a day, because the last good days are known. */
const patienceMs = 10_000;

export interface CalendarSourcesOptions {
  /** Sends a request, through the proxies that the environment names. */
  readonly fetch: typeof fetch;
  /** Returns why a request failed, as words. */
  readonly reasonOf: (error: unknown, url: string) => string;
}

/** Reads the days of calendars: computed holidays, and files of the format iCalendar on disk or on a server. */
export function createCalendarSources(options: CalendarSourcesOptions): CalendarSources {
  return {
    days: async (calendar, fromYear, toYear) => daysOf(calendar, fromYear, toYear, options),
    choices: async (country) => (await import('./holiday-days.ts')).holidayChoices(country),
  };
}

async function daysOf(
  calendar: Calendar,
  fromYear: number,
  toYear: number,
  options: CalendarSourcesOptions,
): Promise<CalendarDay[]> {
  switch (calendar.kind) {
    case 'holidays':
      return (await import('./holiday-days.ts')).holidayDays(calendar, fromYear, toYear);
    case 'ics':
      return (await import('./ics-days.ts')).icsDays(await textOf(calendar.from, options), fromYear, toYear);
    case 'dates':
      return calendar.days;
    case 'weekdays':
      return [];
  }
}

async function textOf(from: string, options: CalendarSourcesOptions): Promise<string> {
  // Programs write addresses of calendars as webcal, which is https.
  const address = from.replace(/^webcals?:/i, 'https:');
  if (/^https?:/i.test(address)) return fetched(address, options);
  if (!isAbsolute(from)) throw unreadable(from, 'it is neither an absolute path nor an address with http or https');
  try {
    return checkedText(readFile(from), from);
  } catch (error) {
    throw error instanceof SchedulerError ? error : unreadable(from, reasonOfFile(error));
  }
}

const fileReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'you have no permission to read it',
  EISDIR: 'it is a folder',
};

function reasonOfFile(error: unknown): string {
  return fileReasons[(error as NodeJS.ErrnoException).code ?? ''] ?? messageOf(error);
}

async function fetched(address: string, { fetch: send, reasonOf }: CalendarSourcesOptions): Promise<string> {
  try {
    const answer = await send(address, {
      signal: AbortSignal.timeout(patienceMs),
      headers: { accept: 'text/calendar, */*;q=0.1' },
    });
    if (!answer.ok) throw unreadable(address, `the server answered with status ${answer.status}`);
    return checkedText(new Uint8Array(await answer.arrayBuffer()), address);
  } catch (error) {
    throw error instanceof SchedulerError ? error : unreadable(address, reasonOf(error, address));
  }
}

function checkedText(bytes: Uint8Array, from: string): string {
  if (bytes.byteLength > mostBytes) throw unreadable(from, 'it has more than 10 MiB');
  return new TextDecoder().decode(bytes);
}

/** Without the query, which can hold a password. */
function unreadable(from: string, why: string): SchedulerError {
  const shown = from.replace(/\?.*$/s, '?…');
  return new SchedulerError('calendar/unreadable', `The calendar ${shown} cannot be read: ${why}.`, { from: shown });
}
