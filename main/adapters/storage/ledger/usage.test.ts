import { beforeEach, describe, expect, it } from 'vitest';
import type { AgentResult } from '../../../contract/agent-result.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import type { ExecutionResult, NewExecution } from '../../../ports/ledger/executions.ts';
import { anExecution, anOutcome, slotAt } from '../../../testing/ledger-samples.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';

let ledger: Ledger;
beforeEach(() => {
  ledger = memoryLedger();
});

const answer = (costUsd: number | null): AgentResult => ({
  ...{ agent: 'claude-code', text: 'Done', isError: false, costUsd, turns: 1, sessionId: null, resume: null },
  ...{ model: null, filesChanged: [], neededPermissions: [] },
});

/** A run of task `t1` from 09:00 for `minutes`, on a day of the account `task:t1`. */
function run(id: string, day: string, minutes: number, change: Partial<NewExecution & ExecutionResult> = {}): void {
  const startedAt = slotAt(0);
  ledger.start(anExecution({ executionId: id, slot: null, startedAt, accounts: { 'task:t1': day }, ...change }));
  ledger.finish(id, anOutcome({ completedAt: slotAt(minutes), ...change }));
}
const used = (day: string, account = 'task:t1') => ledger.usage(account, day, slotAt(30));

describe('what runs use', () => {
  it('is added up by account from a day on, whatever became of the runs', () => {
    run('a', '2026-10-31', 50);
    run('b', '2026-11-01', 5, { status: 'failure' });
    run('c', '2026-11-23', 7, { tool: 'agent:run', result: answer(0.25), trigger: 'manual' });
    run('d', '2026-11-23', 1, { accounts: { 'task:t1': '2026-11-23', 'agent:claude-code': '2026-11-24' } });
    run('e', '2026-11-23', 1, { tool: 'agent:run', result: answer(0.5) });
    expect(used('2026-11-01')).toEqual({ runs: 4, runMs: 14 * 60_000, costUsd: 0.75 });
    expect(used('2026-11-23')).toEqual({ runs: 3, runMs: 9 * 60_000, costUsd: 0.75 });
    expect(used('2026-11-24')).toEqual({ runs: 0, runMs: 0, costUsd: null });
    expect(used('2026-11-24', 'agent:claude-code')).toEqual({ runs: 1, runMs: 60_000, costUsd: null });
  });

  it('counts a run from its start, and its time so far', () => {
    ledger.start(anExecution({ slot: null, startedAt: slotAt(10), accounts: { 'task:t1': '2026-11-23' } }));
    expect(used('2026-11-23')).toEqual({ runs: 1, runMs: 20 * 60_000, costUsd: null });
    expect(used('2026-11-24').runMs).toBe(0);
  });

  it('is kept when retention removes the runs, until it is removed itself', () => {
    run('a', '2026-11-01', 5);
    run('b', '2026-11-23', 5);
    ledger.removeExecutions(['a', 'b']);
    expect(used('2026-11-01').runs).toBe(2);
    expect(ledger.removeUsage('2026-11-02')).toBe(1);
    expect(used('2026-11-01').runs).toBe(1);
  });
});

describe('claims that may be refused', () => {
  const claim = (minute: number) =>
    anExecution({ executionId: `e${minute}`, slot: slotAt(minute), accounts: { 'task:t1': '2026-11-23' } });
  const under = (limit: number) => () => used('2026-11-23').runs < limit;

  it('see the claims before them in the same call, and leave a refused slot free', () => {
    expect(ledger.claimAll([claim(0), claim(1), claim(2)], under(2))).toEqual([true, true, false]);
    expect(ledger.slots('t1', slotAt(0))).toHaveLength(2);
    expect(ledger.claimAll([claim(2)], under(3))).toEqual([true]);
  });

  it('are not asked about a slot that is taken', () => {
    ledger.claim(claim(0));
    const asked: string[] = [];
    ledger.claimAll([{ ...claim(0), executionId: 'other' }], ({ executionId }) => asked.push(executionId) > 0);
    expect(asked).toEqual([]);
  });
});
