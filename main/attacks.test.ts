import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The rows of the tables of a document, as cells. Heads and separators are left out. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:attempt|promise|---)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const promises = ['docs/security.md', 'docs/storage.md'].flatMap((path) =>
  rowsOf(read(path)).map(([first = '']) => first),
);
const attacks = rowsOf(read('docs/attacks.md')).map((cells) => ({ cells, attempt: cells[0] ?? '' }));

it('every attack is read', () => {
  expect(attacks.length).toBeGreaterThan(60);
});

describe.each(attacks)('$attempt', ({ cells }) => {
  const [, result = '', promise = '', test = ''] = cells;
  const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(test) ?? [];

  it('says what happened, and which promise it tries to break', () => {
    expect(cells).toHaveLength(4);
    expect(result).not.toBe('');
    expect(promise).not.toBe('');
    expect(
      promises.some((each) => each.startsWith(promise)),
      `no promise begins with "${promise}"`,
    ).toBe(true);
  });

  it('names a test that exists under this name', () => {
    expect(file).toMatch(/\.(?:test|e2e)\.ts$/);
    expect(read(file)).toContain(title);
  });
});
