import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../contract/calendars.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import type { KnownDays } from '../../ports/calendars.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { aTask } from '../../testing/schedule-samples.ts';
import { checkCalendars } from './check-calendars.ts';

const clock = fakeClock('2026-12-10T12:00:00.000Z');
const url: Calendar = { kind: 'ics', from: 'https://example.com/team.ics' };
const file: Calendar = { kind: 'ics', from: '/team.ics' };
const germany: Calendar = { kind: 'holidays', country: 'DE' };
const day = (date: string) => ({ date, name: '' });

interface World {
  readonly calendar?: Calendar;
  readonly known?: Partial<KnownDays>;
  readonly isGone?: boolean;
  readonly isUsed?: boolean;
}

async function checksOf({ calendar, known, isGone = false, isUsed = true }: World): Promise<string[]> {
  const policies = isUsed ? { policies: { calendars: { skipOn: ['Team'] } } } : {};
  const schedule: ScheduleFile = { version: '2.0.0', tasks: { a: aTask({ name: 'A', ...policies }) }, timings: {} };
  const at = '2026-12-10T00:00:00.000Z';
  const whole = { calendar: '', days: [day('2027-12-25')], until: null, readAt: at, triedAt: at, problem: null };
  const checks = await checkCalendars({
    store: { read: () => schedule },
    calendarDays: {
      all: () => (calendar === undefined ? {} : { Team: calendar }),
      known: () => (known === undefined ? null : { ...whole, ...known }),
      tryOut: () => (isGone ? Promise.reject(new Error('There is no such file.')) : Promise.resolve()),
    },
    clock,
  });
  return checks.map(({ status, title, message }) => `${status}: ${title}. ${message}`);
}

describe('calendars', () => {
  it.each<[string, World, string]>([
    ['that are gone', {}, 'warning: There is no calendar Team. "A" names it, and so runs on its days too.'],
    ['that no task uses', { calendar: germany, isUsed: false }, 'ok: No task uses the calendar Team.'],
    [
      'that a server did not give for days',
      { calendar: url, known: { readAt: '2026-12-05T00:00:00.000Z', problem: 'The server is away.' } },
      'warning: The calendar Team is not up to date. The server is away. The days read on 2026-12-05T00:00:00.000Z count.',
    ],
    [
      'that were never read',
      { calendar: url },
      'warning: The calendar Team is not up to date. It was never read, so its days do not count.',
    ],
    [
      'whose file is gone',
      { calendar: file, known: {}, isGone: true },
      'warning: The calendar Team is not up to date. There is no such file.',
    ],
    [
      'whose holidays end this year',
      { calendar: germany, known: { days: [day('2026-12-26'), day('2026-10-03')] } },
      'warning: The calendar Team ends on 2026-12-26. It has no later day',
    ],
    [
      'whose list of dates ended',
      { calendar: { kind: 'dates', days: [day('2026-05-01')] } },
      'warning: The calendar Team ends on 2026-05-01.',
    ],
  ])('%s are reported', async (_, world, expected) => {
    const found = await checksOf(world);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it.each<[string, World]>([
    ['a server that failed today', { calendar: url, known: { problem: 'The server is away.' } }],
    ['a file that is there', { calendar: file, known: {} }],
    ['holidays of the next years', { calendar: germany, known: {} }],
    ['days of every week', { calendar: { kind: 'weekdays', weekdays: [0] } }],
  ])('with %s are in order', async (_, world) => {
    expect(await checksOf(world)).toEqual([]);
  });
});
