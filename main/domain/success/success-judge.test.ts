import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../contract/success.ts';
import { SuccessJudge } from './success-judge.ts';

interface Run {
  readonly out?: string | readonly Uint8Array[];
  readonly err?: string;
  readonly structured?: unknown;
  readonly tool?: string;
  readonly file?: { bytes: number; ageMs: number } | null;
}

/** Returns the messages of the criteria that a run does not meet. */
function judged(
  criterion: Criterion,
  { out = '', err = '', structured, file = null, tool = 'shell:run' }: Run,
): string[] {
  const judge = new SuccessJudge([criterion], { tool, file: () => file });
  for (const chunk of typeof out === 'string' ? [Buffer.from(out)] : out) judge.output('out', chunk);
  judge.output('err', Buffer.from(err));
  return judge.unmet(structured).map(({ message }) => message);
}

describe('text in the output', () => {
  it('must be there', () => {
    expect(judged({ check: 'contains', text: 'done' }, { out: 'all done\n' })).toEqual([]);
    expect(judged({ check: 'contains', text: 'done' }, { out: 'no\nend' })).toEqual([
      'The output must contain "done", but no line does',
    ]);
  });

  it('must not be there, and the first line that has it is named', () => {
    const lacks: Criterion = { check: 'lacks', text: 'ERROR' };
    expect(judged(lacks, { out: 'fine\n' })).toEqual([]);
    expect(judged(lacks, { out: 'a\nb\nERROR: disk full\nERROR: again\n' })).toEqual([
      'The output must not contain "ERROR", but line 3 does: ERROR: disk full',
    ]);
    expect(judged(lacks, { err: 'ERROR' })).toEqual([
      'The output must not contain "ERROR", but line 1 of standard error does: ERROR',
    ]);
  });

  it('is found across the pieces in which output arrives', () => {
    const bytes = Buffer.from('über\nERROR € here\r\n');
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(judged({ check: 'lacks', text: 'ERROR €' }, { out: pieces })).toEqual([
      'The output must not contain "ERROR €", but line 2 does: ERROR € here',
    ]);
  });

  it('is found in a last line without a line end', () => {
    expect(judged({ check: 'contains', text: 'done' }, { out: 'x\ndone' })).toEqual([]);
  });

  it('is searched in the chosen stream only', () => {
    expect(judged({ check: 'lacks', text: 'x', in: 'stdout' }, { err: 'x' })).toEqual([]);
    expect(judged({ check: 'contains', text: 'x', in: 'stderr' }, { out: 'x' })).toEqual([
      'Standard error must contain "x", but no line does',
    ]);
  });

  it('of an MCP tool is its answer, not what its server writes to standard error', () => {
    expect(judged({ check: 'lacks', text: 'x' }, { err: 'x', tool: 'files:list' })).toEqual([]);
  });
});

describe('a regular expression', () => {
  it('is matched line by line', () => {
    const one: Criterion = { check: 'matches', pattern: '^total: [0-9]+$' };
    expect(judged(one, { out: 'a\ntotal: 12\nb\n' })).toEqual([]);
    expect(judged(one, { out: 'total: x\n' })).toEqual(['The output must match /^total: [0-9]+$/, but no line does']);
    expect(judged({ check: 'lacks-match', pattern: 'a\\sb' }, { out: 'a\nb\n' })).toEqual([]);
    expect(judged({ check: 'lacks-match', pattern: '(?i)error' }, { out: 'ok\nan Error\n' })).toEqual([
      'The output must not match /(?i)error/, but line 2 does: an Error',
    ]);
  });

  it('that would take JavaScript forever takes no time', () => {
    const out = `${'a'.repeat(60_000)}!`;
    expect(judged({ check: 'matches', pattern: '^(a+)+$' }, { out })).toHaveLength(1);
  });
});

describe('emptiness', () => {
  it('means nothing but white space', () => {
    expect(judged({ check: 'not-empty' }, { out: ' \n\t\n' })).toEqual([
      'The output must not be empty, but it is empty',
    ]);
    expect(judged({ check: 'not-empty' }, { out: '0' })).toEqual([]);
    expect(judged({ check: 'empty', in: 'stderr' }, { out: 'x', err: '\n' })).toEqual([]);
    expect(judged({ check: 'empty', in: 'stderr' }, { err: '\nwarning: x\n' })).toEqual([
      'Standard error must be empty, but line 2 of standard error is: warning: x',
    ]);
  });
});

describe('a value in JSON output', () => {
  const at = (is: 'exists' | 'missing' | 'empty', path = '$.a'): Criterion => ({ check: 'json', path, is });
  const compared = (
    is: 'equals' | 'differs' | 'lacks' | 'below' | 'above',
    value: unknown,
    path = '$.a',
  ): Criterion => ({
    ...{ check: 'json', path, is, value },
  });

  it.each<[Criterion, string, string[]]>([
    [at('exists'), '{"a": null}', []],
    [at('exists'), '{}', ['The value at $.a in the JSON output must exist, but there is none']],
    [at('missing'), '{"b": 1}', []],
    [at('missing'), '{"a": 1}', ['The value at $.a in the JSON output must not exist, but it is 1']],
    [compared('equals', true), '{"a": true}', []],
    [compared('equals', true), '{"a": "true"}', ['The value at $.a in the JSON output must be true, but it is "true"']],
    [compared('equals', { x: 1, y: [2] }), '{"a": {"y": [2], "x": 1}}', []],
    [compared('differs', 'failed'), '{"a": "ok"}', []],
    [
      compared('differs', 'failed'),
      '{}',
      ['The value at $.a in the JSON output must not be "failed", but there is none'],
    ],
    [compared('lacks', false), '{"a": true}', []],
    [compared('lacks', false), '{}', []],
    [compared('lacks', false), 'text', []],
    [
      compared('lacks', false),
      '{"a": false}',
      ['The value at $.a in the JSON output must not be false if it exists, but it is false'],
    ],
    ...['{}', '{"a": null}', '{"a": []}', '{"a": ""}', '{"a": false}', '{"a": 0}', 'text'].map(
      (output): [Criterion, string, string[]] => [at('empty'), output, []],
    ),
    [at('empty'), '{"a": "no"}', ['The value at $.a in the JSON output must be empty if it exists, but it is "no"']],
    [compared('below', 5), '{"a": 4.9}', []],
    [compared('below', 5), '{"a": 5}', ['The value at $.a in the JSON output must be below 5, but it is 5']],
    [compared('above', 5), '{"a": "6"}', ['The value at $.a in the JSON output must be above 5, but it is "6"']],
    [
      compared('equals', 'ok', '$.items[*].s'),
      '{"items": [{"s": "ok"}, {"s": "no"}]}',
      ['The value at $.items[*].s in the JSON output must be "ok", but it is "no"'],
    ],
    [
      at('missing', '$.items[?match(@.s, "n.")]'),
      '{"items": [{"s": "no"}]}',
      ['The value at $.items[?match(@.s, "n.")] in the JSON output must not exist, but it is {"s":"no"}'],
    ],
  ])('%j of %s', (criterion, out, expected) => {
    expect(judged(criterion, { out })).toEqual(expected);
  });

  it('may come after other lines', () => {
    expect(judged(at('exists'), { out: 'starting\n{"a": 1}\n' })).toEqual([]);
  });

  it('counts as text if it is nested too deep to be searched', () => {
    const out = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(judged(at('exists', '$..b'), { out })).toEqual([expect.stringContaining('the output is not JSON')]);
  });

  it('is in the structured answer of an MCP tool, if there is one', () => {
    expect(judged(at('exists'), { out: 'not JSON', structured: { a: 1 } })).toEqual([]);
  });

  it('cannot be found in other output', () => {
    const missing = 'The value at $.a in the JSON output must exist, but ';
    expect(judged(at('exists'), { out: 'text' })).toEqual([`${missing}the output is not JSON`]);
    const long = JSON.stringify({ a: 'x'.repeat(5 * 1024 * 1024) });
    expect(judged(at('exists'), { out: long })).toEqual([`${missing}the output is longer than 4 MiB`]);
  });
});

describe('a file', () => {
  const criterion: Criterion = { check: 'file', path: '~/backup.tar', youngerThanMs: 90_000, minBytes: 10 };
  const demand = 'The file ~/backup.tar must exist, be younger than 1 min 30 s and have at least 10 bytes, but ';

  it.each<[Run['file'], string[]]>([
    [{ bytes: 10, ageMs: 90_000 }, []],
    [null, [`${demand}there is no such file`]],
    [{ bytes: 10, ageMs: 90_001 }, [`${demand}it was written 1 min 31 s ago`]],
    [{ bytes: 9, ageMs: 0 }, [`${demand}it has 9 bytes`]],
  ])('%j', (file, expected) => {
    expect(judged(criterion, { file: file ?? null })).toEqual(expected);
  });
});

it('names every criterion that was not met', () => {
  const judge = new SuccessJudge(
    [{ check: 'contains', text: 'done' }, { check: 'not-empty' }, { check: 'lacks', text: 'E' }],
    { tool: 'shell:run', file: () => null },
  );
  judge.output('out', Buffer.from('an E\n'));
  expect(judge.unmet().map(({ criterion, line }) => [criterion.check, line])).toEqual([
    ['contains', null],
    ['lacks', { stream: 'out', number: 1, text: 'an E' }],
  ]);
});
