import { expect, test } from 'vitest';
import { advisoriesOfShipped, namesOf } from './audit.mjs';
import { notesOf } from './notes.mjs';

const changelog =
  '# Changelog\n\n## Unreleased\n\n- later\n\n## 1.2.0 - 2026-12-01\n\n### Fixed\n\n- a bug\n\n## 1.1.0 - 2026-11-01\n\n';

test('the notes of a release are its section of the changelog', () => {
  expect(notesOf('v1.2.0', '1.2.0', changelog)).toBe('### Fixed\n\n- a bug');
});

test.each([
  ['another version than package.json', 'v1.2.0', '1.3.0', /tag v1\.2\.0 does not belong to version 1\.3\.0/],
  ['no section', 'v1.3.0', '1.3.0', /no section "## 1\.3\.0/],
  ['an empty section', 'v1.1.0', '1.1.0', /1\.1\.0 in CHANGELOG\.md is empty/],
])('a tag with %s ends the release', (_what, tag, version, message) => {
  expect(() => notesOf(tag, version, changelog)).toThrow(message);
});

const audit = {
  vulnerabilities: {
    left: { name: 'left', severity: 'high', via: [{ title: 'Bad input', url: 'https://example.org/1' }] },
    '@a/right': { name: '@a/right', severity: 'low', via: ['left'] },
    tool: { name: 'tool', severity: 'critical', via: [] },
  },
};

test('only advisories of packages that ship count', () => {
  const shipped = namesOf(['node_modules/left', 'node_modules/x/node_modules/@a/right', 'node_modules/fine']);
  expect(advisoriesOfShipped(audit, shipped)).toEqual([
    'left (high): Bad input https://example.org/1',
    '@a/right (low): by left',
  ]);
  expect(advisoriesOfShipped(audit, new Set(['fine']))).toEqual([]);
});

test('an audit that failed is not taken for a clean one', () => {
  expect(() => advisoriesOfShipped({ message: '405 Method Not Allowed' }, new Set())).toThrow(/405 Method Not Allowed/);
});
