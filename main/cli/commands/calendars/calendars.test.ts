import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-12-24T12:00:00.000Z');
});
afterEach(() => application.dispose());
const { ok, fails, create } = cliFor(() => application);
const text = async (...argv: string[]) => (await runLine(application, argv)).stdout;
const policy = () => Object.values(application.store.read().tasks)[0]?.policies?.calendars;

describe('calendars', () => {
  it('are added, listed, shown and removed', async () => {
    expect(await text('calendars', 'add', 'Bavaria', '--holidays', 'de-by')).toContain(
      'public holidays of DE-BY. The next one is 2026-12-25, Christmas Day.',
    );
    expect(await text('calendars', 'list')).toMatch(/Bavaria .*2026-12-25 Christmas Day/);
    expect(await text('calendars', 'show', 'Bavaria')).toContain('2027-01-06  Epiphany');
    expect((await ok('calendars refresh', 'Bavaria')).calendars).toMatchObject([{ name: 'Bavaria', problem: null }]);
    expect(await text('calendars', 'remove', 'Bavaria')).toContain('Removed Bavaria.');
    const { error } = await fails('calendars', 'show', 'Bavaria');
    expect(error).toMatchObject({
      code: 'calendar/not-found',
      message: expect.stringContaining('"Bavaria"') as string,
    });
  });

  it.each([
    [['--holidays', 'XX'], 'country "XX"'],
    [['--date', '2026-02-30'], 'does not exist'],
    [['--weekdays', 'fri,someday'], '"someday" is not a weekday'],
    [[], 'exactly one of'],
    [['--weekdays', 'fri', '--date', '2026-12-24'], 'exactly one of'],
    [['--ics', '/no/such.ics'], 'cannot be read'],
  ])('with %j are refused', async (options, reason) => {
    expect((await fails('calendars', 'add', 'Days', ...options)).error.message).toContain(reason);
  });
});

describe('the options of a task', () => {
  it('name calendars, are changed one by one, and cleared', async () => {
    await ok('calendars add', 'Closed', '--date', '2026-12-24 Office closed', '--date', '2026-12-31');
    await create('Report', 'true', '--skip-on', 'Closed', '--skip-on', 'weekends');
    expect(policy()).toEqual({ skipOn: ['Closed', 'weekends'] });
    await ok('update', 'Report', '--day-off', 'next');
    expect(policy()).toEqual({ skipOn: ['Closed', 'weekends'], dayOff: 'next' });
    await ok('update', 'Report', '--skip-on', 'none');
    expect(policy()).toBeUndefined();
  });

  it('need a calendar for days off, and one that exists', async () => {
    const refused = async (...options: string[]) => {
      const task = ['--name', 'A', '--schedule', '@daily', '--tool', 'shell:run', '--params', '{"command":"true"}'];
      return (await fails('create', ...task, ...options)).error.message;
    };
    expect(await refused('--day-off', 'next')).toContain('--day-off needs --skip-on or --only-on');
    expect(await refused('--skip-on', 'Mars')).toContain('There is no calendar "Mars". Known are weekends');
  });
});
