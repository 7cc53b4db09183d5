import { describe, expect, test } from 'vitest';
import { failingLine, isErrorLine, matcherOf, plainText, shownLine, splitLines } from './log-lines.ts';
import { openedLog, withChunk } from './log-store.ts';

const line = (stream: string, text: string) => shownLine(`2026-11-25T09:00:00.123Z ${stream} ${text}`);

describe('a log line', () => {
  test('has an instant, a stream and a text', () => {
    expect(line('err', 'no such disk')).toEqual({
      at: '2026-11-25T09:00:00.123Z',
      stream: 'err',
      text: 'no such disk',
    });
  });

  test('keeps leading blanks and may be empty', () => {
    expect(line('out', '    at main').text).toBe('    at main');
    expect(shownLine('2026-11-25T09:00:00.123Z out').text).toBe('');
  });

  test('that was written again after \\r shows its last state, as a terminal does', () => {
    expect(line('err', '10%\r20%\r100%').text).toBe('100%');
    expect(line('err', '\r10%\r20%\r').text).toBe('20%');
    expect(line('err', '\r').text).toBe('');
    expect(shownLine('10%\r20%').text).toBe('20%');
  });

  test('in another form is shown unchanged', () => {
    expect(shownLine('hello')).toEqual({ at: null, stream: 'out', text: 'hello' });
    expect(shownLine('2026-11-25T09:00:00.123Z odd text').at).toBeNull();
  });
});

test('a line that arrives in two pieces is one line', () => {
  const first = splitLines('', 'a\nb');
  expect(first.lines.map(({ text }) => text)).toEqual(['a']);
  expect(splitLines(first.pending, 'c\n').lines.map(({ text }) => text)).toEqual(['bc']);
});

test('the last line needs no newline once the log is complete', () => {
  const open = withChunk(openedLog('run-1'), { text: 'a\nb', nextOffset: 3, size: 3, complete: false, live: '' });
  expect(open.lines).toHaveLength(1);
  const done = withChunk(open, { text: '', nextOffset: 3, size: 3, complete: true, live: '' });
  expect(done.lines.map(({ text }) => text)).toEqual(['a', 'b']);
  expect(done.pending).toBe('');
});

describe('the failing line', () => {
  test('is the first line of stderr that looks like an error, with or without colours', () => {
    const lines = [line('out', 'error in out'), line('err', 'note'), line('err', '\u001b[31mError: boom\u001b[0m')];
    expect(failingLine(lines)).toBe(2);
  });

  test('is the first line of stderr if none looks like an error', () => {
    expect(failingLine([line('out', 'all fine'), line('err', 'hm'), line('err', 'well')])).toBe(1);
  });

  test('is searched in the other streams last', () => {
    expect(failingLine([line('out', 'ok'), line('sys', 'Killed after 5 min')])).toBe(1);
    expect(failingLine([line('out', 'ok')])).toBeNull();
  });

  test('is the line that decided a success criterion, if there is one', () => {
    const decided = [line('err', 'error: ignored'), line('out', 'rows: 0 of 10'), line('sys', 'rows: 0')];
    expect(failingLine(decided, 'rows: 0')).toBe(1);
  });
});

test('an error is recognised by its words, and not by its stream', () => {
  expect(isErrorLine(line('out', '\u001b[31mERROR\u001b[0m: disk full'))).toBe(true);
  expect(isErrorLine(line('err', 'Receiving objects: 12 %'))).toBe(false);
  expect(isErrorLine(line('sys', 'Killed after 5 min'))).toBe(false);
});

test('search ignores escape sequences', () => {
  const lines = [line('out', '\u001b[1mDe\u001b[0mploy'), line('out', 'other')];
  expect(lines.map((each) => matcherOf('deploy')?.(each))).toEqual([true, false]);
  expect(matcherOf('')).toBeNull();
  expect([line('out', 'a.b[1] $x'), line('out', 'axb1')].map((each) => matcherOf('A.B[1] $')?.(each))).toEqual([
    true,
    false,
  ]);
  expect(plainText('\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007')).toBe('link');
});

test('the line that is still being written is replaced, and is gone with the end of the log', () => {
  const more = (live: string, complete = false) => ({ text: '', nextOffset: 0, size: 0, complete, live });
  const at = '2026-12-03T14:15:00.000Z';
  const first = withChunk(openedLog('run-1'), more(`${at} out 10%`));
  expect(first.live).toEqual({ at, stream: 'out', text: '10%' });
  const second = withChunk(first, more(`${at} err 20%`));
  expect(second.live).toEqual({ at, stream: 'err', text: '20%' });
  expect(second.lines).toEqual([]);
  expect(withChunk(second, more('')).live).toBeNull();
  expect(withChunk(second, more(`${at} out 30%`, true)).live).toBeNull();
});
