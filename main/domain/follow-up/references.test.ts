import { describe, expect, it } from 'vitest';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { isReference, pointerProblem, referencesIn, withUpstreamValues } from './references.ts';
import { upstreamOf, upstreamVariables } from './upstream.ts';
import type { Execution } from '../../contract/execution.ts';

const { owner: _owner, ...started } = anExecution();
const run: Execution = {
  ...started,
  ...anOutcome({
    status: 'failure',
    exitCode: 3,
    error: { code: 'shell/exit-code', message: 'line 1\nline 2\u001b[31m' },
    result: { items: [{ id: 7 }], 'a/b': 'slash', 'm~n': null, evil: { $from: '/status' }, text: '${secret:KEY}' },
  }),
  duration: 1,
};
const upstream = upstreamOf(run);

describe('a value of the run before', () => {
  it.each([
    ['/result/items/0/id', 7],
    ['/result/a~1b', 'slash'],
    ['/result/m~0n', null],
    ['/status', 'failure'],
    ['/exitCode', 3],
    ['/error/code', 'shell/exit-code'],
    ['/taskName', 'Daily backup'],
    ['/result/items', [{ id: 7 }]],
  ])('is found at %s', (pointer, value) => {
    expect(withUpstreamValues({ x: { $from: pointer } }, upstream)).toEqual({ x: value });
  });

  it.each(['/result/items/1', '/result/items/-', '/result/none', '/result/constructor', '/result/items/0/id/x'])(
    'is missed at %s, with a message that names the place and the run',
    (pointer) => {
      expect(() => withUpstreamValues({ headers: { 'X-Id': { $from: pointer } } }, upstream)).toThrow(
        `The parameter headers.X-Id takes its value from ${pointer}, but the run of "Daily backup" before it has no such value.`,
      );
    },
  );

  it('is only data: no reference in it is followed', () => {
    expect(withUpstreamValues({ list: [{ $from: '/result/evil' }] }, upstream)).toEqual({
      list: [{ $from: '/status' }],
    });
  });

  it('needs a run before', () => {
    expect(() => withUpstreamValues({ url: { $from: '/result/url' } }, null)).toThrow(/follows none/);
  });
});

describe('a reference', () => {
  it('is an object with nothing but a pointer in $from; other objects are as written', () => {
    expect(isReference({ $from: '/status' })).toBe(true);
    for (const value of [{ $from: 'status' }, { $from: '/status', to: 1 }, { $from: 1 }, ['$from'], null, '/status'])
      expect(isReference(value)).toBe(false);
    const literal = { a: { $$from: '/status' }, b: { $$$from: '/x' }, c: { $from: 'x' }, d: { $$from: 1, e: 2 } };
    expect(withUpstreamValues(literal, null)).toEqual({ ...literal, a: { $from: '/status' }, b: { $$from: '/x' } });
  });

  it('is found at its place', () => {
    expect(referencesIn({ a: [1, { b: { $from: '/result' } }], c: { $from: '/status' } })).toEqual([
      { place: 'a.1.b', pointer: '/result' },
      { place: 'c', pointer: '/status' },
    ]);
  });

  it('must begin with a field of the run', () => {
    expect(pointerProblem('/result/x')).toBeNull();
    expect(pointerProblem('/output')).toBe(
      '"/output" must begin with one of /result, /status, /exitCode, /error, /taskName, /taskId, /executionId',
    );
    expect(pointerProblem('/result/~2')).toMatch(/not a JSON pointer/);
  });
});

describe('the variables of a follow-up', () => {
  it('describe the run before, with control characters escaped', () => {
    expect(upstreamVariables(run, '/logs/e2.log.after.json')).toEqual({
      NCP_AFTER_TASK: 'Daily backup',
      NCP_AFTER_TASK_ID: 't1',
      NCP_AFTER_EXECUTION_ID: 'e1',
      NCP_AFTER_STATUS: 'failure',
      NCP_AFTER_EXIT_CODE: '3',
      NCP_AFTER_ERROR: 'line 1\\nline 2\\u001b[31m',
      NCP_AFTER_LOG: '/data/logs/2026-11/e1.log',
      NCP_AFTER_RESULT_FILE: '/logs/e2.log.after.json',
    });
  });

  it('are bounded, and absent for facts that the run does not have', () => {
    const long = { ...run, error: { code: 'x', message: '\n'.repeat(5000) }, exitCode: null, logPath: null };
    const variables = upstreamVariables(long, null);
    expect(variables['NCP_AFTER_ERROR']).toHaveLength(4096);
    expect(Object.keys(variables)).toEqual(
      ['TASK', 'TASK_ID', 'EXECUTION_ID', 'STATUS', 'ERROR'].map((name) => `NCP_AFTER_${name}`),
    );
  });
});
