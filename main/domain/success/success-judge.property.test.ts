import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Criterion } from '../../contract/success.ts';
import { SuccessJudge } from './success-judge.ts';

const word = fc.constantFrom('a', 'ERROR', 'ERRORS', 'done', '', ' ', 'é€😀', 'x'.repeat(9_000));
const lineOf = fc.array(word, { maxLength: 4 }).map((words) => words.join('-'));
const criterion = fc.constantFrom<Criterion>(
  { check: 'contains', text: 'ERROR' },
  { check: 'lacks', text: 'done' },
  { check: 'matches', pattern: '^ERRORS?$' },
  { check: 'lacks-match', pattern: '€😀$' },
);

/** Returns the number of the first line that a criterion finds, from 1; null if there is none. */
function firstHit(wanted: Criterion, lines: readonly string[]): number | null {
  const hit = (text: string): boolean => {
    if (wanted.check === 'contains' || wanted.check === 'lacks') return text.includes(wanted.text);
    return 'pattern' in wanted && new RegExp(wanted.pattern, 'u').test(text);
  };
  const index = lines.findIndex(hit);
  return index === -1 ? null : index + 1;
}

/** Cuts bytes at the given shares of their length. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

it('finds the same line however the output arrives', () => {
  fc.assert(
    fc.property(
      criterion,
      fc.array(
        lineOf.filter((line) => line.length < 60_000),
        { maxLength: 30 },
      ),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
      fc.boolean(),
      (wanted, lines, cuts, ended) => {
        const judge = new SuccessJudge([wanted], { tool: 'shell:run', file: () => null });
        const text = lines.join('\n') + (ended && lines.length > 0 ? '\n' : '');
        for (const piece of pieces(Buffer.from(text), cuts)) judge.output('out', piece);
        const hit = firstHit(wanted, lines);
        const wantsHit = wanted.check === 'contains' || wanted.check === 'matches';
        const [unmet] = judge.unmet();
        expect(unmet === undefined).toBe((hit !== null) === wantsHit);
        if (!wantsHit && hit !== null) expect(unmet?.line).toMatchObject({ number: hit, text: lines[hit - 1] });
      },
    ),
  );
});
