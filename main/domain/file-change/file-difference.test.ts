import { describe, expect, it } from 'vitest';
import { fileDifference } from './file-difference.ts';

const numbered = (from: number, to: number, word = 'line'): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `${word} ${from + index}\n`).join('');

describe('the change of a file of another program', () => {
  it('has the changed lines and three around them', () => {
    expect(fileDifference(numbered(1, 9), numbered(1, 9).replace('line 5', 'five'))).toEqual([
      ...[' line 2', ' line 3', ' line 4', '-line 5', '+five', ' line 6', ' line 7', ' line 8'],
    ]);
  });

  it('shows where lines are left out', () => {
    const changed = numbered(1, 40).replace('line 1\n', 'one\n').replace('line 40', 'forty');
    expect(fileDifference(numbered(1, 40), changed)).toEqual([
      ...['-line 1', '+one', ' line 2', ' line 3', ' line 4'],
      ...['…', ' line 37', ' line 38', ' line 39', '-line 40', '+forty'],
    ]);
  });

  it('is a new file whole, and nothing for the same file', () => {
    expect(fileDifference('', 'a\nb\n')).toEqual(['+a', '+b']);
    expect(fileDifference('a\n', 'a\n')).toEqual([]);
  });

  it('is not empty if only white space changes', () => {
    expect(fileDifference('a:\n  b: 1\n', 'a:\n    b: 1\n')).toEqual([' a:', '-  b: 1', '+    b: 1']);
    expect(fileDifference('a', 'a\n')).toEqual(['-a', '+a']);
  });

  it('is whole, however long it is', () => {
    const lines = fileDifference(numbered(1, 6000), numbered(1, 6000, 'new line with many more words in it'));
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      ...[12_000, '-line 1', '+new line with many more words in it 6000'],
    ]);
  });

  it('keeps what did not change out of a block that is too large to compare', () => {
    const [before, after] = [numbered(1, 3000), numbered(1, 3000, 'new')];
    const lines = fileDifference(
      `secret\n1\n2\n3\n${before}4\n5\n6\nsecret`,
      `secret\n1\n2\n3\n${after}4\n5\n6\nsecret`,
    );
    expect(lines.join('\n')).not.toContain('secret');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([6006, ' 1', ' 6']);
  });
});

describe('a long line', () => {
  const others = `"other":{"command":"x","env":{"TOKEN":"secret"},"args":[${'"a",'.repeat(100)}"a"]}`;
  const entry = '"schedule":{"command":"/opt/ncp-scheduler/ncp-scheduler","args":["mcp"]}';

  it('is shown around its change only, without the secrets elsewhere in it', () => {
    const lines = fileDifference(`{"mcpServers":{${others}}}`, `{"mcpServers":{${others},${entry}}}`);
    expect(lines).toHaveLength(2);
    expect(lines.join('\n')).not.toContain('secret');
    expect(lines[0]).toMatch(/^-….{20,60}$/);
    expect(lines[1]).toMatch(/^\+….{20,60}"schedule".*\}\}$/);
    expect(lines[1]).toContain(entry);
  });

  it('beside a change is cut', () => {
    const [kept = ''] = fileDifference(`${others}\nb\n`, `${others}\nc\n`);
    expect(kept).toHaveLength(202);
    expect(kept.endsWith('…')).toBe(true);
  });

  it('is never cut within a character', () => {
    const [gone, added] = fileDifference(`${'😀'.repeat(200)}x`, `${'😀'.repeat(200)}y`);
    expect([gone, added]).toEqual([`-…${'😀'.repeat(20)}x`, `+…${'😀'.repeat(20)}y`]);
    expect(fileDifference(`a${'😀'.repeat(200)}\nb`, `a${'😀'.repeat(200)}\nc`)[0]).toBe(` a${'😀'.repeat(99)}…`);
  });

  it('that is gone altogether shows its ends', () => {
    const [gone = ''] = fileDifference(`${'x'.repeat(5000)}end\n`, '');
    expect(gone).toMatch(/^-x{500} … x+end$/);
    expect(gone.length).toBeLessThan(1010);
  });
});
