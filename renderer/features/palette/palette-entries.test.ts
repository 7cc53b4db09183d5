import { expect, test } from 'vitest';
import { rankEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';

const entry = (section: PaletteEntry['section'], label: string, more: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id: `${section}-${label}`,
  section,
  label,
  icon: null,
  run: () => undefined,
  ...more,
});
const entries = [
  entry('tasks', 'Ping', { detail: 'curl shop' }),
  entry('tasks', 'Camping'),
  entry('actions', 'Pause all', { synonyms: 'stop everything' }),
  entry('views', 'Groups'),
];
const labels = (typed: string, recent: string[] = []) => rankEntries(entries, typed, recent).map(({ label }) => label);

test('nothing typed shows every section in order, after what was used last', () => {
  expect(labels('')).toEqual(['Pause all', 'Groups', 'Ping', 'Camping']);
  expect(labels('', ['views-Groups', 'gone'])).toEqual(['Groups', 'Pause all', 'Ping', 'Camping']);
  expect(rankEntries(entries, '', ['views-Groups'])[0]?.section).toBe('recent');
});

test('words that start with the text come before words that contain it', () => {
  expect(labels('ping')).toEqual(['Ping', 'Camping']);
});

test('what has the typed name comes before what the line would create, and that before all else', () => {
  const hourly = [entry('create', 'Create “Hourly”'), entry('tasks', 'Hourly'), entry('tasks', 'Hourly report')];
  const found = rankEntries(hourly, ' hourly ').map(({ label }) => label);
  expect(found).toEqual(['Hourly', 'Hourly report', 'Create “Hourly”']);
  expect(rankEntries(hourly, 'hourly rep')[0]?.section).toBe('create');
});

test('the label, the synonyms or the detail must fit every typed word', () => {
  expect(labels('ping shop')).toEqual(['Ping']);
  expect(labels('everything')).toEqual(['Pause all']);
  expect(labels('ping all')).toEqual([]);
});

test('the section with the best fit comes first', () => {
  const mixed = [entry('actions', 'Camping trip'), entry('tasks', 'Camp')];
  expect(rankEntries(mixed, 'camp').map(({ label }) => label)).toEqual(['Camp', 'Camping trip']);
});

test('one of ten thousand tasks is found, and at most 60 entries are shown', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => entry('tasks', `Task ${index}`));
  expect(rankEntries(many, 'task 9999')[0]?.label).toBe('Task 9999');
  expect(rankEntries(many, 'task')).toHaveLength(60);
});
