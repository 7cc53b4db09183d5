import { parseDocument } from 'yaml';
import { describe, expect, it } from 'vitest';
import { refuseDeepYaml } from './yaml-depth.ts';

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

describe('YAML that would end the process', () => {
  it.each([
    ['brackets', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['brackets without an end', '['.repeat(100_000)],
    ['brackets in lines', lines(500, () => '{\na:')],
    ['braces', `a: ${'{a: '.repeat(1000)}1${'}'.repeat(1000)}`],
    ['dashes', `${'- '.repeat(1000)}a`],
    ['question marks', `${'? '.repeat(1000)}a`],
    ['indented keys', lines(1000, (n) => `${' '.repeat(n)}a:`)],
    ['indented lists', lines(1000, (n) => `${' '.repeat(2 * n)}- a:`)],
    ['keys on one line', 'a: '.repeat(1000)],
    ['brackets, each closed within double quotes', '["]",'.repeat(1000)],
    ['brackets, each closed within single quotes', `[']',`.repeat(1000)],
    ['brackets, each closed within a comment', '[ # ]\n'.repeat(1000)],
    ['brackets, each closed within a tag', '[!<]> '.repeat(1000)],
    ['braces, each closed within a quoted key', '{"}": '.repeat(1000)],
    ['brackets in the second document', `a: 1\n---\n${'["]",'.repeat(1000)}`],
  ])('is refused before the library reads it: %s', (_, text) => {
    expect(() => refuseDeepYaml(text)).toThrow('it is nested deeper than 100 levels');
  });

  it.each([
    ['90 levels of brackets', `${'['.repeat(90)}${']'.repeat(90)}`],
    ['90 dashes', `${'- '.repeat(90)}a`],
    ['90 indents', lines(90, (n) => `${' '.repeat(n)}a:`)],
    ['many lists beside each other', lines(5000, (n) => `k${n}: [a, {b: [c]}]`)],
    [
      'many scripts',
      lines(2000, (n) => `k${n}:\n  run: |\n    if [[ -n "$A" ]]; then echo '{}'; fi\n    - not: a list`),
    ],
    ['many brackets without an end in scripts', lines(1000, (n) => `k${n}: |\n  printf '\\033[31m {'`)],
    ['many brackets without an end in quotes', lines(1000, (n) => `k${n}: "[{" # [[`)],
    ['a script with many indents', `run: |\n${lines(300, (n) => `${' '.repeat(n + 2)}- {`)}`],
  ])('is read otherwise: %s', (_, text) => {
    expect(() => refuseDeepYaml(text)).not.toThrow();
    expect(parseDocument(text).errors).toEqual([]);
  });
});
