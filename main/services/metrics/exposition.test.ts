import { describe, expect, it } from 'vitest';
import { exposition, type MetricFamily } from './exposition.ts';
import { parseStrictly } from './testing/strict-parser.ts';

const family = (samples: MetricFamily['samples'], help = 'What it is.'): MetricFamily => ({
  ...{ name: 'ncp_sample', type: 'gauge', help, samples },
});
const readBack = (given: MetricFamily) => parseStrictly(exposition([given])).get(given.name);

describe("Prometheus' text format", () => {
  it('holds every name of a task unchanged', () => {
    const names = [
      'plain',
      'say "hi"',
      String.raw`C:\new\n`,
      'two\nlines',
      'tab\tend\r',
      '🗄️ Sicherung',
      '{a="b"} 1',
      '',
    ];
    const given = family(names.map((task, index) => ({ labels: { task }, value: index })));
    expect(readBack(given)).toEqual(given);
  });

  it('holds every number', () => {
    const values = [0, -1, 0.1, 1_795_000_000.123, 1e21, 1e-7, Infinity, -Infinity, Number.NaN];
    const given = family(values.map((value, index) => ({ labels: { index: String(index) }, value })));
    expect(readBack(given)).toEqual(given);
  });

  it('replaces what is no text', () => {
    expect(readBack(family([{ labels: { task: 'half \uD83D.' }, value: 1 }]))?.samples[0]?.labels).toEqual({
      task: 'half \uFFFD.',
    });
  });

  it('escapes help, and leaves out a family without samples', () => {
    const given = family([{ labels: {}, value: 1 }], 'C:\\dir\nand more');
    expect(readBack(given)).toEqual(given);
    expect(exposition([family([])])).toBe('');
  });

  it.each([
    ['a sample before its type', 'ncp_a 1\n'],
    ['no last line end', '# HELP ncp_a b\n# TYPE ncp_a gauge\nncp_a 1'],
    ['an unknown escape', '# HELP ncp_a b\n# TYPE ncp_a gauge\nncp_a{t="\\t"} 1\n'],
    ['the same labels twice', '# HELP ncp_a b\n# TYPE ncp_a gauge\nncp_a{t="1"} 1\nncp_a{t="1"} 2\n'],
    ['a counter without _total', '# HELP ncp_a b\n# TYPE ncp_a counter\nncp_a 1\n'],
  ])('the parser of these tests refuses %s', (_what, text) => {
    expect(() => parseStrictly(text)).toThrow();
  });
});
