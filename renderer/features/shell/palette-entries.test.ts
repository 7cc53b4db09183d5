import { expect, test } from 'vitest';
import { sampleTask } from '../../testing/samples.ts';
import { rankEntries, taskDetail, tasksMeant } from './palette-entries.ts';
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

test('words that start with the text come before words that contain it', () => {
  expect(labels('ping')).toEqual(['Run “Ping” now', 'Edit “Camping”']);
});

test('the label or the detail must contain every typed word', () => {
  expect(labels('ping shop')).toEqual(['Run “Ping” now']);
  expect(labels('ping all')).toEqual([]);
});

test('only matching tasks get their actions, the best match first', () => {
  const tasks = ['Back up photos', 'Ping the shop', 'Photos of the shop'];
  const meant = (typed: string) => tasksMeant(tasks, typed, (name) => name);
  expect(meant('run shop photos')).toEqual(['Photos of the shop', 'Back up photos', 'Ping the shop']);
  expect(meant('ping')).toEqual(['Ping the shop']);
  expect(meant('resume')).toEqual(tasks);
  expect(meant('')).toEqual(tasks);
  const many = Array.from({ length: 10_000 }, (_, index) => `Task ${index}`);
  expect(tasksMeant(many, 'task 9999', (name) => name)[0]).toBe('Task 9999');
});

test('tasks are found by their tags', () => {
  const tasks = [sampleTask({ id: 'a' }), sampleTask({ id: 'b', tags: ['night', 'backup'] })];
  expect(tasksMeant(tasks, '#backup', taskDetail).map(({ id }) => id)).toEqual(['b']);
  expect(tasks.map(taskDetail)).toEqual(['cp -r a b', 'cp -r a b #night #backup']);
});
