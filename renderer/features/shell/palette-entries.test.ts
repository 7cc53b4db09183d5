import { expect, test } from 'vitest';
import { rankEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';

const entry = (section: PaletteEntry['section'], label: string, detail?: string): PaletteEntry => ({
  id: `${section}-${label}`,
  section,
  label,
  ...(detail !== undefined && { detail }),
  icon: null,
  run: () => undefined,
});
const entries = [
  entry('tasks', 'Run “Ping” now', 'curl shop'),
  entry('tasks', 'Edit “Camping”'),
  entry('actions', 'Pause all'),
  entry('views', 'Groups'),
];
const labels = (typed: string) => rankEntries(entries, typed).map(({ label }) => label);

test('nothing typed shows every section in order', () => {
  expect(labels('')).toEqual(['Pause all', 'Groups', 'Run “Ping” now', 'Edit “Camping”']);
});

test('words that begin so come before words that contain it', () => {
  expect(labels('ping')).toEqual(['Run “Ping” now', 'Edit “Camping”']);
});

test('every typed word must be there, in the label or the detail', () => {
  expect(labels('ping shop')).toEqual(['Run “Ping” now']);
  expect(labels('ping all')).toEqual([]);
});
