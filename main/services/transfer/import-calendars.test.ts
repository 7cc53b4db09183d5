import { expect, it } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { importOptionsSchema } from '../../contract/transfer.ts';
import type { ImportSource } from './import-source.ts';
import { importSettings } from './import-settings.ts';

const christmas = { kind: 'dates', days: [{ date: '2026-12-25', name: 'Christmas Day' }] } as const;
const newYear = { kind: 'dates', days: [{ date: '2027-01-01', name: '' }] } as const;
const source = (calendars: object): ImportSource => ({
  ...{ kind: 'ncp-scheduler', elsewhere: true, candidates: [], refused: [], timings: [], secrets: [], notes: [] },
  settings: { calendars },
});
const imported = (calendars: object, options: object = {}) =>
  importSettings(
    source(calendars),
    settingsSchema.parse({ calendars: { Mine: christmas } }),
    importOptionsSchema.parse(options),
  );

it('adds the calendars that are missing and keeps those that are here', () => {
  const { changes, change } = imported({ Team: newYear, Mine: newYear });
  expect(changes.map(({ name, action }) => [name, action])).toEqual([
    ['calendar Team', 'add'],
    ['calendar Mine', 'skip'],
  ]);
  expect(change.calendars).toEqual({ Mine: christmas, Team: newYear });
});

it('replaces a calendar if the person says so', () => {
  expect(imported({ Mine: newYear }, { policy: 'replace' }).change.calendars).toEqual({ Mine: newYear });
});

it('says what the app reads by itself for a calendar of another machine', () => {
  const { changes } = imported({ Far: { kind: 'ics', from: 'https://far.example/a.ics' }, Team: newYear });
  expect(changes.map(({ notes }) => notes)).toEqual([
    ['NCP Scheduler reads https://far.example/a.ics by itself to keep it up to date.'],
    [],
  ]);
});

it('refuses what is no calendar, and changes nothing for one that is the same', () => {
  const { changes, change } = imported({ Odd: { kind: 'moon' }, Mine: christmas });
  expect(changes.map(({ action }) => action)).toEqual(['refused', 'skip']);
  expect(change).toEqual({});
});
