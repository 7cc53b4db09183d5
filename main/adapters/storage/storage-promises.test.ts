import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const promises = (
  /## Promises\n([\s\S]*?)\n## /.exec(readFileSync(join(root, 'docs', 'storage.md'), 'utf8'))?.[1] ?? ''
)
  .split('\n')
  .filter((line) => /^\| (?!promise|---)/.test(line) && !line.startsWith('|---'));

it('docs/storage.md has a table of promises', () => {
  expect(promises.length).toBeGreaterThan(20);
});

it.each(promises)('names existing tests: %s', (line) => {
  const files = [...line.matchAll(/`([^`]+\.(?:test|process\.test|root\.test|property\.test|os\.test)?\.?ts)`/g)];
  expect(files.length).toBeGreaterThan(0);
  for (const [, path = ''] of files) expect(existsSync(join(root, path)), path).toBe(true);
});
