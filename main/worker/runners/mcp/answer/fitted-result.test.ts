import { describe, expect, it } from 'vitest';
import { fitted, largestResult } from './fitted-result.ts';
import type { McpAnswer } from '../connection.ts';

const text = (value: string) => ({ type: 'text', text: value });
const structureFile = { file: '/logs/a.files/1.json', bytes: 5 };

function fit(answer: McpAnswer) {
  const saved: string[] = [];
  const { result, omitted } = fitted(answer, (json) => {
    saved.push(json);
    return structureFile;
  });
  return { result: result as Record<string, unknown>, omitted, saved, size: JSON.stringify(result).length };
}

describe('an answer as a result', () => {
  it('is kept unchanged up to the limit', () => {
    const answer = { content: [text('a'.repeat(200_000))], structuredContent: { rows: 3 } };
    expect(fit(answer)).toMatchObject({ result: answer, omitted: [], saved: [] });
  });

  it.each([
    ['a long text', { content: [text('a'.repeat(2_000_000))] }],
    ['a text that JSON writes six times as long', { content: [text('\u0001'.repeat(200_000))] }],
    [
      'a long embedded text',
      { content: [{ type: 'resource', resource: { uri: 'x:y', text: 'a'.repeat(5_000_000) } }] },
    ],
    ['ten thousand parts', { content: Array.from({ length: 10_000 }, () => text('a'.repeat(100))) }],
    ['a large part of another type', { content: [{ type: 'other', data: ['a'.repeat(1_000_000)] }] }],
    ['large structured content', { content: [text('ok')], structuredContent: { rows: 'a'.repeat(600_000) } }],
    ['everything', { content: [text('a'.repeat(300_000))], structuredContent: ['b'.repeat(100_000)] }],
  ] satisfies [string, McpAnswer][])('stays within the limit with %s, and says what is missing', (_what, answer) => {
    const { result, omitted, size } = fit(answer);
    expect(size).toBeLessThanOrEqual(largestResult);
    expect(result).toMatchObject({ shortened: true, omitted });
    expect(omitted.length).toBeGreaterThan(0);
  });

  it('counts the characters that it omits', () => {
    const { result, omitted } = fit({ content: [text('a'.repeat(300_000))] });
    const [{ text: kept = '' } = {}] = result['content'] as { text?: string }[];
    const shown = /^a*/.exec(kept)?.[0].length ?? 0;
    expect(kept.endsWith(`… (${300_000 - shown} characters omitted)`)).toBe(true);
    expect(omitted).toEqual([
      `${300_000 - shown} characters of its texts, which are in the log as far as its limit allows`,
    ]);
  });

  it('names the file of structured content that does not fit, beside a short text', () => {
    const structuredContent = { rows: 'a'.repeat(600_000) };
    const { result, omitted, saved } = fit({ content: [text('ok, 20000 rows')], structuredContent });
    expect(saved).toEqual([JSON.stringify(structuredContent)]);
    expect(result).toMatchObject({ content: [text('ok, 20000 rows')], structuredContentFile: structureFile });
    expect(omitted).toEqual([`the structured content, ${saved[0]?.length} characters of JSON`]);
  });

  it('keeps structured content beside a long text', () => {
    const { result } = fit({ content: [text('a'.repeat(300_000))], structuredContent: { rows: 3 } });
    expect(result['structuredContent']).toEqual({ rows: 3 });
  });

  it('does not cut a character in half', () => {
    const { result } = fit({ content: [text('🙂'.repeat(200_000))] });
    expect(JSON.stringify(result)).not.toMatch(/\\ud83d(?!\\)/i);
  });
});
