import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { anExecution, anOutcome, slotAt } from '../../../testing/ledger-samples.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import { withEmptyDoubt } from './empty-answer.ts';

let ledger: Ledger;
beforeEach(() => {
  ledger = memoryLedger();
});
afterEach(() => ledger.close());

/** Adds earlier runs; `e` is one without output, `o` one with output. */
function earlier(runs: string): void {
  for (const [n, kind] of [...runs].entries()) {
    const executionId = `before-${n}`;
    ledger.start(anExecution({ executionId, slot: null, trigger: 'manual', startedAt: slotAt(n) }));
    ledger.finish(executionId, anOutcome({ isEmpty: kind === 'e' }));
  }
}
const judged = (policy: 'mark' | 'fail' | 'ignore', result = anOutcome({ isEmpty: true })) =>
  withEmptyDoubt(ledger, anExecution({ executionId: 'now' }), policy, result);

describe('an empty output', () => {
  it('is doubtful after ten runs with output', () => {
    earlier('eoooooooooo');
    expect(judged('mark')).toMatchObject({
      status: 'success',
      doubt: { sign: 'empty', line: null, criterion: { check: 'not-empty' } },
    });
    expect(judged('fail')).toMatchObject({ status: 'failure', error: { code: 'doubt/empty' } });
    expect(judged('ignore')).not.toHaveProperty('doubt');
  });

  it.each(['ooooooooo', 'oooooeoooo', 'ooooooooooe', ''])('is not doubtful after %j', (runs) => {
    earlier(runs);
    expect(judged('mark')).not.toHaveProperty('doubt');
  });

  it('is not doubtful where nothing is empty, or the run failed', () => {
    earlier('oooooooooo');
    expect(judged('mark', anOutcome({ isEmpty: false }))).not.toHaveProperty('doubt');
    expect(judged('mark', anOutcome({ isEmpty: true, status: 'cancelled' }))).not.toHaveProperty('doubt');
  });
});
