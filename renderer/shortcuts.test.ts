import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { actionOf, shortcutTable } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';

const pressed = (key: string, more: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...more,
});

test('a key means the action of its part of the window', () => {
  expect(actionOf('tasks', pressed('j'))).toBe('down');
  expect(actionOf('tasks', pressed('ArrowDown'))).toBe('down');
  expect(actionOf('tasks', pressed('ArrowDown', { shiftKey: true }))).toBe('extendDown');
  expect(actionOf('tasks', pressed(' '))).toBe('peek');
  expect(actionOf('tasks', pressed(' ', { ctrlKey: true }))).toBe('select');
  expect(actionOf('runs', pressed('j'))).toBeNull();
});

test('letters work with Caps Lock; Control, Command and Alt make another key of them', () => {
  expect(actionOf('tasks', pressed('R'))).toBe('run');
  expect(actionOf('tasks', pressed('r', { ctrlKey: true }))).toBeNull();
  expect(actionOf('tasks', pressed('r', { altKey: true }))).toBeNull();
  expect(actionOf('window', pressed('k', { metaKey: true }))).toBe('palette');
  expect(actionOf('window', pressed('k', { ctrlKey: true, shiftKey: true }))).toBeNull();
});

test('a sign counts with and without Shift, as keyboards differ', () => {
  expect(actionOf('window', pressed('?', { shiftKey: true }))).toBe('sheet');
  expect(actionOf('window', pressed('/'))).toBe('search');
  expect(actionOf('window', pressed('/', { shiftKey: true }))).toBe('search');
});

test('no key has two meanings in one part of the window', () => {
  for (const shortcuts of Object.values(shortcutTable) as (readonly Shortcut[])[]) {
    const keys = shortcuts.flatMap(({ presses }) => presses.map((each) => JSON.stringify(each)));
    expect(new Set(keys).size).toBe(keys.length);
  }
});

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && file !== 'shortcuts.ts')
  .map((file) => ({ file, source: readFileSync(resolve(import.meta.dirname, file), 'utf8') }));

test('each part of the window reads its keys from the table, so that the list of shortcuts is true', () => {
  const reads = (scope: string) => sources.some(({ source }) => source.includes(`actionOf('${scope}'`));
  expect(Object.keys(shortcutTable).filter((scope) => !reads(scope))).toEqual([]);
});

test('no view decides by itself what a key means', () => {
  const fields = [
    // A field keeps the keys that every field of its kind has.
    ...['features/settings/section.tsx', 'features/editor/test-run/test-run-panel.tsx', 'features/logs/log-panel.tsx'],
    // A list of folders has the keys of every such list.
    ...['features/folders/folder-dialog.tsx', 'features/folders/folder-list.tsx'],
    // A message and the tour close on Escape, as a dialog does. The palette lists its own keys at its end.
    ...['features/shell/toasts.tsx', 'features/tour/tour.tsx', 'features/palette/command-palette.tsx'],
  ];
  const decides = sources.filter(
    ({ file, source }) => file.startsWith('features/') && !fields.includes(file) && /event\.key [!=]==/.test(source),
  );
  expect(decides.map(({ file }) => file)).toEqual([]);
});
