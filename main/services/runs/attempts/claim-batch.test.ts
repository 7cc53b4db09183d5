import { describe, expect, it, vi } from 'vitest';
import { anExecution } from '../../../testing/ledger-samples.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { ClaimBatch } from './claim-batch.ts';

const slot = '2026-11-23T12:00:00.000Z';
const claimOf = (executionId: string, taskId = executionId) => anExecution({ executionId, taskId, slot });

describe('claims made at the same moment', () => {
  it('share one transaction, and each has its own result', async () => {
    const ledger = memoryLedger();
    const claimAll = vi.spyOn(ledger, 'claimAll');
    const batch = new ClaimBatch(ledger);
    const claims = [claimOf('a'), claimOf('b'), claimOf('again', 'a')].map((execution) => batch.claim(execution));
    expect(await Promise.all(claims)).toEqual([true, true, false]);
    expect(claimAll).toHaveBeenCalledTimes(1);
    expect(ledger.running().map(({ execution }) => execution.executionId)).toEqual(['a', 'b']);
  });

  it('that come later use another transaction', async () => {
    const batch = new ClaimBatch(memoryLedger());
    expect(await batch.claim(claimOf('a'))).toBe(true);
    expect(await batch.claim(claimOf('b', 'a'))).toBe(false);
  });

  it('are all refused, and none is made, if one cannot be written', async () => {
    const ledger = memoryLedger();
    const batch = new ClaimBatch(ledger);
    const claims = [claimOf('a'), { ...claimOf('b'), slot: null }].map((execution) => batch.claim(execution));
    const results = await Promise.allSettled(claims);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'execution/no-slot' } },
      { status: 'rejected', reason: { code: 'execution/no-slot' } },
    ]);
    expect(ledger.running()).toEqual([]);
  });
});
