import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { executablePath } from '../fixtures/packaged-app.ts';

const resources = join(dirname(executablePath), 'resources');
const archive = join(resources, 'app.asar');
const licences = (): string => readFileSync(join(resources, 'THIRD-PARTY-LICENSES.txt'), 'utf8');

/** Returns name and licence of every package in the file. */
function listed(): Map<string, string> {
  const headings = licences().matchAll(/^(\S+) \d\S*\nLicence: (.+)\n\n(?=.)/gm);
  return new Map([...headings].map(([, name = '', licence = '']) => [name, licence]));
}

test('every package whose code is in the bundles is listed with its licence', () => {
  const scripts = listPackage(archive, { isPack: false }).filter((file) =>
    /^\/out\/(main|preload)\/.*\.c?js$/.test(file),
  );
  // Rolldown marks where the code of each file begins.
  const regions = scripts.flatMap((file) => [
    ...extractFile(archive, file.slice(1))
      .toString()
      .matchAll(/^\s*\/\/ (?:\.\.\/)*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/gm),
  ]);
  const bundled = new Set(regions.map(([, name]) => name));
  expect(bundled.size).toBeGreaterThan(20);
  expect([...bundled].filter((name) => !listed().has(name ?? ''))).toEqual([]);
});

test('the packages of the window, which is minified, the fonts and the SQLite binding are listed', () => {
  const names = [...listed().keys()];
  const { devDependencies } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const window = Object.keys(devDependencies).filter((name) =>
    /^(react|react-dom|radix-ui|zustand|zod|@fontsource.*)$/.test(name),
  );
  expect(window).toHaveLength(7);
  expect(names).toEqual(expect.arrayContaining([...window, 'scheduler', '@photostructure/sqlite', 'node-gyp-build']));
  const fonts = listPackage(archive, { isPack: false }).filter((file) => file.endsWith('.woff2'));
  expect(fonts.filter((file) => !/inter|jetbrains-mono/.test(file))).toEqual([]);
  expect(licences().match(/SIL OPEN FONT LICENSE Version 1\.1/gi)?.length).toBeGreaterThanOrEqual(2);
});

test('every licence is known, and its text is in the file', () => {
  const known =
    /^(MIT|MIT-0|ISC|\(ISC AND CC-BY-3\.0\)|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|OFL-1\.1|Python-2\.0)$/;
  expect([...listed()].filter(([, licence]) => !known.test(licence))).toEqual([]);
  const sections = licences()
    .split(`\n${'='.repeat(80)}\n`)
    .slice(1);
  expect(sections).toHaveLength(listed().size);
  expect(sections.filter((text) => text.length < 400)).toEqual([]);
});

test('our own licence, and those of Electron and Chromium, are in the package', () => {
  const own = readFileSync(resolve(import.meta.dirname, '../../LICENSE'), 'utf8');
  expect(readFileSync(join(resources, 'LICENSE.txt'), 'utf8')).toBe(own);
  for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
    expect(readFileSync(join(dirname(executablePath), name), 'utf8').length).toBeGreaterThan(500);
});

test('the notice lists the same packages with the same licences', () => {
  const notice = readFileSync(join(resources, 'NOTICE.txt'), 'utf8');
  const lines = notice.split('\n').map((line) => line.replace(/ \S+: /, ': '));
  const rows = [...listed()].filter(([name, licence]) => !lines.includes(`${name}: ${licence}`));
  expect(rows).toEqual([]);
  const [, packages = ''] = notice.split('Packages of npm');
  expect(packages.trim().split('\n').slice(1)).toHaveLength(listed().size);
});
