import { expect, test } from 'vitest';
import changelog from '../../../CHANGELOG.md?raw';
import { notesOf } from './notes-of.ts';

const text = `# Changelog

## Unreleased

### Fixed

- A thing.

## 1.2.0 - 2026-11-28

### Added

- Another thing.

## 1.1.0 - 2026-11-26
`;

test('the notes are those of the version', () => {
  expect(notesOf(text, '1.2.0')).toBe('### Added\n\n- Another thing.');
});

test('a version without a section of its own has the notes of the next one', () => {
  expect(notesOf(text, '1.2')).toBe('### Fixed\n\n- A thing.');
  expect(notesOf('# Changelog\n', '1.2.0')).toBeNull();
});

test('every released version of our CHANGELOG.md has notes', () => {
  const versions = [...changelog.matchAll(/^## (\d\S*) - /gm)].map(([, version = '']) => version);
  expect(versions.length).toBeGreaterThan(1);
  for (const version of versions) expect(notesOf(changelog, version)).toMatch(/^- /m);
});
