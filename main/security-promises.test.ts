import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const section = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n## ')
  .find((part) => part.startsWith('Promises'));

/** The promises of docs/security.md with the files that are said to test them. Rows in bold are titles. */
const promises = (section ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| **') && !/^\| (?:promise|---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, promise = '', tests = '']) => ({
    promise,
    files: [...tests.matchAll(/`([^`]+)`/g)].map(([, file]) => file),
  }));

const testFile = /\.(?:test|e2e)\.ts$/;

it('every promise is read', () => {
  expect(promises.length).toBeGreaterThan(50);
});

describe.each(promises)('$promise', ({ files }) => {
  it('names a test that exists', () => {
    expect(files).not.toEqual([]);
    for (const file of files) {
      expect(file).toMatch(testFile);
      expect(existsSync(join(root, file ?? '')), `docs/security.md names ${file}, which does not exist`).toBe(true);
    }
  });
});
