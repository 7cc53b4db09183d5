import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCalendarSources } from './calendar-sources.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-calendars-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const answers =
  (status: number, body: string): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, { status }));
const sources = (send: typeof fetch = answers(200, '')) =>
  createCalendarSources({ fetch: send, reasonOf: (error) => (error as Error).message });
const ics = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const file = (text: string): string => {
  const path = join(folder, `${String(Math.abs(text.length))}.ics`);
  writeFileSync(path, text);
  return path;
};
const fromFile = (text: string) => sources().days({ kind: 'ics', from: file(text) }, 2026, 2028);

describe('public holidays', () => {
  it('are those of the country and the region', async () => {
    const dates = async (state?: string) => {
      const days = await sources().days({ kind: 'holidays', country: 'DE', ...(state && { state }) }, 2026, 2026);
      return days.map(({ date, name }) => `${date} ${name}`);
    };
    expect(await dates()).toContain('2026-12-25 Christmas Day');
    expect(await dates()).not.toContain('2026-01-06 Epiphany');
    expect(await dates('BY')).toContain('2026-01-06 Epiphany');
  });

  it('that last several days have each of them', async () => {
    const days = await sources().days({ kind: 'holidays', country: 'SA' }, 2026, 2026);
    const fitr = days.filter(({ name }) => name.includes('al-Fitr')).map(({ date }) => date);
    expect(fitr).toEqual(['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22']);
  });

  it('of an unknown country or region are refused with those that are known', async () => {
    const days = (country: string, state?: string) =>
      sources().days({ kind: 'holidays', country, ...(state && { state }) }, 2026, 2026);
    await expect(days('XX')).rejects.toThrow(/country "XX" are not known: known are .*DE/);
    await expect(days('DE', 'XX')).rejects.toThrow(/state "XX" are not known: known are .*BY/);
  });

  it('can be chosen by the name of the country', async () => {
    expect(await sources().choices()).toContainEqual({ code: 'DE', name: 'Germany' });
    expect(await sources().choices('DE')).toContainEqual({ code: 'BY', name: 'Bayern' });
  });
});

describe('an iCalendar file', () => {
  it('has the days of its events: recurring ones with their exceptions, and all days of a long one', async () => {
    const closed = event(
      'UID:1',
      'DTSTART;VALUE=DATE:20251224',
      'RRULE:FREQ=YEARLY',
      'EXDATE;VALUE=DATE:20271224',
      'SUMMARY:Closed',
    );
    const trip = event('UID:2', 'DTSTART;VALUE=DATE:20260310', 'DTEND;VALUE=DATE:20260312', 'SUMMARY;LANGUAGE=en:Trip');
    const gone = event('UID:3', 'DTSTART;VALUE=DATE:20260401', 'STATUS:CANCELLED', 'SUMMARY:No');
    expect(await fromFile(ics(...closed, ...trip, ...gone))).toEqual([
      { date: '2026-03-10', name: 'Trip' },
      { date: '2026-03-11', name: 'Trip' },
      { date: '2026-12-24', name: 'Closed' },
      { date: '2028-12-24', name: 'Closed' },
    ]);
  });

  it('that is no calendar, or has a rule that fills every day, is refused', async () => {
    await expect(fromFile('<html></html>')).rejects.toThrow(/does not begin with BEGIN:VCALENDAR/);
    await expect(sources().days({ kind: 'ics', from: '/no/such.ics' }, 2026, 2028)).rejects.toThrow(
      'The calendar /no/such.ics cannot be read: there is no such file.',
    );
    await expect(sources().days({ kind: 'ics', from: 'team.ics' }, 2026, 2028)).rejects.toThrow(/absolute path/);
  });

  it('is fetched from an address, and a failure names the reason without the query', async () => {
    const text = ics(...event('UID:1', 'DTSTART;VALUE=DATE:20260310', 'SUMMARY:Trip'));
    const asked: string[] = [];
    const send: typeof fetch = (url) => {
      asked.push(url instanceof Request ? url.url : String(url));
      return Promise.resolve(new Response(text));
    };
    const from = 'webcal://example.org/a.ics?key=secret';
    expect(await sources(send).days({ kind: 'ics', from }, 2026, 2026)).toEqual([{ date: '2026-03-10', name: 'Trip' }]);
    expect(asked).toEqual(['https://example.org/a.ics?key=secret']);
    const failed = sources(answers(404, '')).days({ kind: 'ics', from }, 2026, 2026);
    await expect(failed).rejects.toThrow(/example\.org\/a\.ics\?… cannot be read: .*status 404/);
  });
});
