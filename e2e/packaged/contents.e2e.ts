import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { executablePath } from '../fixtures/packaged-app.ts';

const resources = join(dirname(executablePath), 'resources');
const files = (): string[] => listPackage(join(resources, 'app.asar'), { isPack: false });

test('the package contains the build, the icons and the SQLite binding, and no development files', () => {
  const unwanted = /\.(ts|tsx|map|test\.js|yml|md)$|^\/(main|renderer|preload|e2e|bench|scripts|docs|\.ci)\b|\.env/;
  expect(files().filter((file) => unwanted.test(file))).toEqual([]);
  const tops = new Set(files().map((file) => file.split('/')[1]));
  expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
});

test('only the SQLite binding and its loader are shipped as modules, for this system only', () => {
  const modules = new Set(
    files()
      .filter((file) => file.startsWith('/node_modules/') && file.endsWith('package.json'))
      .map((file) => dirname(file)),
  );
  expect([...modules].sort()).toEqual(['/node_modules/@photostructure/sqlite', '/node_modules/node-gyp-build']);
  const unpacked = readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' });
  const libraries = unpacked.filter((file) => file.endsWith('.node'));
  expect(libraries).toHaveLength(1);
  expect(libraries[0]).toContain(`${process.platform}-${process.arch}`);
});

test("Electron's demo app is not in the package", () => {
  expect(readdirSync(resources)).not.toContain('default_app.asar');
});
