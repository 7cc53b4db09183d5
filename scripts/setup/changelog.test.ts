import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { releasesIn } from './changelog.mjs';
import { inProject } from './project.mjs';

test('released versions have their date and notes; what is unreleased is none of them', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\n- b\n\n## 1.1.0-beta.1 - 2026-11-28\n\n### Fixed\n\n- a\n\n## 0.1.0 - 2026-01-02\n\n- first\n';
  expect(releasesIn(changelog)).toEqual([
    { version: '1.1.0-beta.1', date: '2026-11-28', notes: '### Fixed\n\n- a' },
    { version: '0.1.0', date: '2026-01-02', notes: '- first' },
  ]);
});

test('every heading of CHANGELOG.md is read', () => {
  const changelog = readFileSync(inProject('CHANGELOG.md'), 'utf8');
  const headings = changelog.match(/^## (?!Unreleased)/gm) ?? [];
  expect(releasesIn(changelog)).toHaveLength(headings.length);
});
