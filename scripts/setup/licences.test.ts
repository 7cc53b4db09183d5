import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noticeOf, sectionOf } from './licences.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-licences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const describePackage = (fields: object) =>
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'left', version: '1.2.3', ...fields }));

test('a package is listed with name, version, licence and all its licence texts', () => {
  describePackage({ license: 'Apache-2.0' });
  writeFileSync(join(folder, 'LICENSE.md'), 'the licence');
  writeFileSync(join(folder, 'NOTICE'), 'the notice');
  expect(sectionOf(folder)).toBe('left 1.2.3\nLicence: Apache-2.0\n\nthe licence\n\nthe notice\n');
});

test('MIT without a text gets the standard text with the author', () => {
  describePackage({ license: 'MIT', author: { name: 'Kim' } });
  expect(sectionOf(folder)).toMatch(/^Copyright \(c\) Kim$[^]*WITHOUT WARRANTY OF ANY KIND/m);
});

test.each(['GPL-3.0', 'SEE LICENSE IN x', undefined])('the licence %s ends the build', (license) => {
  describePackage({ license });
  expect(() => sectionOf(folder)).toThrow(/^left 1\.2\.3 is bundled, but its licence .* is not one of MIT/);
});

test('a package without the text of its licence ends the build', () => {
  describePackage({ license: 'ISC' });
  expect(() => sectionOf(folder)).toThrow('contains no text of its licence ISC');
});

test('the notice lists every package with its licence, beside the app, Electron and Chromium', () => {
  const notice = noticeOf(['left 1.2.3\nLicence: ISC\n\nthe text\n', '@a/right 2.0.0\nLicence: MIT\n\nthe text\n']);
  const parts = notice.match(/^.+: .+$/gm)?.map((line) => line.split(':')[0]);
  expect(parts).toEqual([
    expect.stringMatching(/^NCP Scheduler \d/),
    'Electron',
    'Chromium, Node.js, FFmpeg and the libraries in them',
    'left 1.2.3',
    '@a/right 2.0.0',
  ]);
  expect(notice).toContain('left 1.2.3: ISC\n');
});
