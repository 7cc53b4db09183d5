import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSchedule, scheduleVersion } from './document.ts';
import { scheduleSteps, upgraded, type ScheduleStep } from './versions.ts';

const stored = join(import.meta.dirname, 'fixtures');

describe('a stored schedule.json', () => {
  it.each(readdirSync(stored))('of an earlier version can be read: %s', (name) => {
    const text = readFileSync(join(stored, name), 'utf8');
    const document = parseSchedule(text);
    expect(document).toMatchObject({ kind: 'valid', file: { version: scheduleVersion } });
    const before = JSON.parse(text) as { tasks: object };
    if (document.kind !== 'valid') throw new Error(document.reason);
    expect(Object.keys(document.file.tasks)).toEqual(Object.keys(before.tasks));
    expect(document.file).toMatchObject({ 'x-stranger': { kept: true } });
  });

  it('exists for every version a step starts from, and for the present one', () => {
    const versions = [...scheduleSteps.map(({ from }) => from), scheduleVersion];
    expect(readdirSync(stored).sort()).toEqual(versions.map((version) => `${version}.json`).sort());
  });
});

describe('the steps', () => {
  it('connect to each other and end at the present version', () => {
    const starts = scheduleSteps.map(({ from }) => from);
    const ends = scheduleSteps.map(({ to }) => to);
    expect([...starts, scheduleVersion].slice(1)).toEqual(ends);
  });

  const steps: ScheduleStep[] = [
    { from: '1', to: '2', upgrade: ({ jobs, ...rest }) => ({ ...rest, tasks: jobs }) },
    { from: '2', to: '3', upgrade: (raw) => ({ ...raw, timings: {} }) },
  ];

  it('apply in order from the document’s version, and keep unknown fields', () => {
    const expected = { version: '3', tasks: { a: 1 }, timings: {}, extra: 'kept' };
    expect(upgraded({ version: '1', jobs: { a: 1 }, extra: 'kept' }, steps)).toEqual(expected);
    expect(upgraded({ version: '2', tasks: { a: 1 }, extra: 'kept' }, steps)).toEqual(expected);
  });

  it('do not change a document of the newest or an unknown version, and never edit their input', () => {
    expect(upgraded({ version: '3', jobs: 1 }, steps)).toEqual({ version: '3', jobs: 1 });
    expect(upgraded({ jobs: 1 }, steps)).toEqual({ jobs: 1 });
    const given = Object.freeze({ version: '1', jobs: Object.freeze({ a: 1 }) });
    upgraded(given, steps);
    expect(given).toEqual({ version: '1', jobs: { a: 1 } });
  });
});
