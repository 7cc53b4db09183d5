import { describe, expect, test } from 'vitest';
import { sampleExecution } from '../testing/samples.ts';
import { emptyList, matches, withChanges, withPage, withoutExecutions } from './execution-list.ts';
import type { ExecutionList } from './execution-list.ts';

const at = (minute: number) => `2026-11-25T09:${String(minute).padStart(2, '0')}:00.000Z`;
const run = (minute: number, fields = {}) =>
  sampleExecution({ executionId: `run-${minute}`, startedAt: at(minute), ...fields });
const ids = (list: ExecutionList) => list.rows.map((row) => row?.executionId ?? null);
const page = (list: ExecutionList, offset: number, minutes: number[], total: number, shiftWhenAsked = list.shift) =>
  withPage(list, { offset, executions: minutes.map((minute) => run(minute)), total, shiftWhenAsked });

test('a search finds every word in the name, the tool or the error, in any order', () => {
  const execution = run(1, { taskName: 'Ping the site', tool: 'http:request' });
  expect(matches({ query: 'site ping' }, execution)).toBe(true);
  expect(matches({ query: 'HTTP site' }, execution)).toBe(true);
  expect(matches({ query: 'site backup' }, execution)).toBe(false);
});

describe('a page of the ledger', () => {
  test('is placed in a list of the full length', () => {
    const list = page(emptyList({}), 2, [30, 20], 5);
    expect(ids(list)).toEqual([null, null, 'run-30', 'run-20', null]);
  });

  test('moves down if a run started after the request', () => {
    const asked = page(emptyList({}), 0, [50, 40], 4);
    const live = withChanges(asked, [run(55)]);
    expect(ids(page(live, 2, [30, 20], 4, asked.shift))).toEqual(['run-55', 'run-50', 'run-40', 'run-30', 'run-20']);
  });

  test('never shows an execution twice', () => {
    const list = page(page(emptyList({}), 0, [50, 40], 4), 1, [40, 30], 4);
    expect(ids(list)).toEqual(['run-50', 'run-40', 'run-30', null]);
  });

  test('shortens the list when the ledger has fewer', () => {
    expect(ids(page(page(emptyList({}), 0, [50], 9), 0, [50], 1))).toEqual(['run-50']);
  });
});

describe('a live change', () => {
  const list = page(emptyList({}), 0, [50, 40], 3);

  test('replaces the row it is about', () => {
    const changed = withChanges(list, [run(40, { status: 'failure' })]);
    expect(changed.rows[1]?.status).toBe('failure');
    expect(changed.shift).toBe(0);
  });

  test('of a new run enters at the head, in order', () => {
    expect(ids(withChanges(list, [run(56), run(58)]))).toEqual(['run-58', 'run-56', 'run-50', 'run-40', null]);
  });

  test('of a run older than every fetched row waits for its page', () => {
    expect(withChanges(list, [run(10)])).toEqual(list);
  });

  test('fills an empty list', () => {
    expect(ids(withChanges(emptyList({}), [run(1)]))).toEqual(['run-1']);
  });

  test('removes rows that no longer match and adds only rows that match', () => {
    const running = { ...emptyList({ status: 'running' as const }), rows: [run(50, { status: 'running' })] };
    expect(ids(withChanges(running, [run(50), run(55)]))).toEqual([]);
  });
});

test('removed executions disappear, and pages requested before are still placed correctly', () => {
  const list = withoutExecutions(page(emptyList({}), 0, [50, 40, 30], 4), ['run-50']);
  expect(ids(list)).toEqual(['run-40', 'run-30', null]);
  expect(list.shift).toBe(-1);
});

test('a query searches name, tool and error message, ignoring case', () => {
  const failed = run(1, { status: 'failure', error: { code: 'shell/exit-code', message: 'Exit code 3.' } });
  expect(['COPY', 'shell:', 'exit code 3'].map((query) => matches({ query }, failed))).toEqual([true, true, true]);
  expect(matches({ query: 'other' }, failed)).toBe(false);
  expect(matches({ since: at(2) }, failed)).toBe(false);
  expect(matches({ trigger: 'manual' }, failed)).toBe(false);
});

test('the filter for doubtful runs takes only those', () => {
  const doubt = { sign: 'empty', message: 'm', line: null, criterion: { check: 'not-empty' } } as const;
  expect(matches({ doubtful: true }, run(1, { doubt }))).toBe(true);
  expect(matches({ doubtful: true }, run(1))).toBe(false);
  expect(matches({}, run(1, { doubt }))).toBe(true);
});
