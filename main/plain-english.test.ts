import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceFiles } from './testing/import-graph.ts';
import { stumbles, turns, windowWords } from './testing/plain-words.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
/** The list itself names the turns. */
const lists = ['main/testing/plain-words.ts', 'main/plain-english.test.ts'];
const folders = ['bench', 'docs', 'e2e', 'main', 'preload', 'renderer', 'scripts'];
const files = [
  ...readdirSync(root),
  ...folders.flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  ),
]
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(tsx?|mjs|md)$/.test(file) && !file.includes('/fixtures/') && !lists.includes(file));

/** The texts between quotes. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.match(/'[^']*'|`[^`]*`/g) ?? []).filter((found) => found.includes(' ')).join(' '))
    .join('\n');
}

describe('what people read', () => {
  test('has none of the turns that readers stumble over', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(files.flatMap((file) => stumbles(file, read(file), turns))).toEqual([]);
  });

  test('has one word for one thing in the window', () => {
    const texts = sourceFiles(root, ['renderer/text']).filter((file) => !file.endsWith('.test.ts'));
    expect(texts.flatMap((file) => stumbles(file, quoted(read(file)), windowWords))).toEqual([]);
  });

  test('a turn is found with its file, its line and the plain word', () => {
    expect(stumbles('a.md', 'Fine.\nIt has lapsed.', turns)).toEqual([
      'a.md:2 says "lapsed": say "expire" (It has lapsed.)',
    ]);
  });
});

describe('the documents', () => {
  const documents = files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
  const paths = documents.flatMap((file) =>
    [
      ...read(file).matchAll(/(?<![\w./-])(?:main|renderer|preload|scripts|bench|e2e|docs|resources)\/[\w./-]*[\w/]/g),
    ].map(([path]) => ({ file, path })),
  );

  test('name only files and folders that exist', () => {
    expect(paths.length).toBeGreaterThan(50);
    const missing = paths.filter(({ path }) => !existsSync(resolve(root, path)));
    expect(missing.map(({ file, path }) => `${file} names ${path}, which does not exist`)).toEqual([]);
  });
});
