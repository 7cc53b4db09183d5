import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionResult, NewExecution } from '../../ports/ledger/executions.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { aDoubt, anExecution, anOutcome, slotAt } from '../ledger-samples.ts';

/** Checks what every `Ledger` must do for run state and imported history. */
export function ledgerStateContract(open: () => Ledger): void {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
  });
  const state = () => ledger.runState(['t1']).get('t1');
  const run = (id: string, change: Partial<NewExecution>, outcome: Partial<ExecutionResult>) => {
    ledger.start(anExecution({ executionId: id, ...change }));
    ledger.finish(id, anOutcome(outcome));
  };

  describe('run state', () => {
    it('is zero for a task that never ran', () => {
      expect(state()).toEqual({
        taskId: 't1',
        executionCount: 0,
        successfulSlots: 0,
        consecutiveFailures: 0,
        lastExecutionId: null,
        lastExecutionAt: null,
        lastStatus: null,
        lastDoubtful: false,
        lastSuccessAt: null,
        running: 0,
      });
    });

    it('says whether the last run is doubtful', () => {
      run('e1', { trigger: 'manual', slot: null }, { doubt: aDoubt });
      expect(state()).toMatchObject({ lastStatus: 'success', lastDoubtful: true, consecutiveFailures: 0 });
      ledger.start(anExecution({ executionId: 'e2', trigger: 'manual', slot: null }));
      expect(state()).toMatchObject({ lastStatus: 'running', lastDoubtful: false });
      ledger.finish('e2', anOutcome());
      expect(state()).toMatchObject({ lastStatus: 'success', lastDoubtful: false });
    });

    it('counts executions, without retries and tests', () => {
      run('e1', {}, {});
      run('e2', { trigger: 'retry', attempt: 2 }, {});
      run('e3', { trigger: 'test', slot: null }, {});
      run('e4', { trigger: 'manual', slot: null }, {});
      run('e5', { trigger: 'chain', slot: null }, {});
      expect(state()?.executionCount).toBe(3);
    });

    it('counts a slot that succeeded once, by itself or by a retry, but no manual run', () => {
      ledger.claim(anExecution({ slot: slotAt(0) }));
      ledger.finish('e1', anOutcome({ status: 'failure' }));
      run('e2', { trigger: 'retry', attempt: 2, slot: slotAt(0) }, {});
      run('e3', { trigger: 'retry', attempt: 3, slot: slotAt(0) }, {});
      ledger.claim(anExecution({ executionId: 'e4', slot: slotAt(1), trigger: 'catch-up' }));
      ledger.finish('e4', anOutcome());
      run('e5', { trigger: 'manual', slot: null }, {});
      expect(state()?.successfulSlots).toBe(2);
    });

    it('counts failures and timeouts in a row, without manual and test runs', () => {
      run('e1', {}, { status: 'failure' });
      run('e2', {}, { status: 'timeout' });
      run('e3', { trigger: 'manual', slot: null }, { status: 'success' });
      run('e4', { trigger: 'test', slot: null }, { status: 'failure' });
      run('e5', {}, { status: 'cancelled' });
      expect(state()?.consecutiveFailures).toBe(2);
      run('e6', { trigger: 'retry' }, { status: 'success' });
      expect(state()?.consecutiveFailures).toBe(0);
    });

    it('shows the latest start, running and ended', () => {
      ledger.start(anExecution({ executionId: 'late', startedAt: slotAt(5) }));
      ledger.start(anExecution({ executionId: 'early', startedAt: slotAt(1) }));
      expect(state()).toMatchObject({ lastExecutionId: 'late', lastStatus: 'running', running: 2 });
      ledger.finish('early', anOutcome({ status: 'failure' }));
      expect(state()).toMatchObject({ lastStatus: 'running', running: 1 });
      ledger.finish('late', anOutcome({ status: 'timeout' }));
      expect(state()).toMatchObject({ lastExecutionAt: slotAt(5), lastStatus: 'timeout', running: 0 });
    });

    it('knows the last success, also after its run was deleted, and counts no test run', () => {
      run('e1', { trigger: 'manual', slot: null }, { completedAt: slotAt(5) });
      run('e2', {}, { status: 'failure', completedAt: slotAt(6) });
      run('e3', { trigger: 'test', slot: null }, { completedAt: slotAt(7) });
      ledger.removeExecutions(['e1', 'e2', 'e3']);
      expect(state()?.lastSuccessAt).toBe(slotAt(5));
    });

    it('survives the removal of the executions', () => {
      ledger.claim(anExecution());
      ledger.finish('e1', anOutcome());
      ledger.removeExecutions(['e1']);
      expect(state()).toMatchObject({
        executionCount: 1,
        successfulSlots: 1,
        lastExecutionId: null,
        lastExecutionAt: '2026-11-23T09:00:00.120Z',
        lastStatus: 'success',
      });
    });
  });

  describe('missed slots', () => {
    it('change a number once they are recorded, and nothing else changes it', () => {
      const decided = (taskId: string, reason: 'missed' | 'catch-up-window' | 'paused') => {
        const before = ledger.missedChanges();
        ledger.decide([{ taskId, slot: slotAt(1), reason, detail: null, at: slotAt(9) }]);
        return ledger.missedChanges() !== before;
      };
      expect([decided('t1', 'paused'), decided('t1', 'missed')]).toEqual([false, false]);
      expect([decided('t2', 'missed'), decided('t3', 'catch-up-window'), decided('t2', 'missed')]).toEqual([
        true,
        true,
        false,
      ]);
    });
  });

  describe('run counts', () => {
    const counts = () => ledger.runCounts(['t1']).get('t1');
    const none = { success: 0, failure: 0, timeout: 0, cancelled: 0, interrupted: 0, skipped: 0 };

    it('tell how runs ended, without tests, runs of other tasks and what still runs', () => {
      expect(counts()).toEqual({ byStatus: none, doubtful: 0 });
      run('e1', {}, {});
      run('e2', { trigger: 'retry', attempt: 2 }, { doubt: aDoubt });
      run('e3', { trigger: 'manual', slot: null }, { status: 'timeout' });
      run('e4', { trigger: 'test', slot: null }, {});
      run('e5', { taskId: 't2' }, { status: 'failure' });
      ledger.start(anExecution({ executionId: 'e6' }));
      expect(counts()).toEqual({ byStatus: { ...none, success: 2, timeout: 1 }, doubtful: 1 });
    });

    it('do not shrink when runs are deleted, and count each run once', () => {
      run('e1', {}, { doubt: aDoubt });
      run('e2', {}, {});
      run('e3', {}, { status: 'interrupted' });
      run('e4', { trigger: 'test', slot: null }, {});
      const before = counts();
      ledger.removeExecutions(['e1', 'e2', 'e4']);
      ledger.removeExecutions(['e1', 'e3']);
      expect(counts()).toEqual(before);
      run('e5', {}, {});
      expect(counts()).toEqual({ byStatus: { ...none, success: 3, interrupted: 1 }, doubtful: 1 });
    });
  });

  describe('history of another scheduler', () => {
    const carried = {
      taskId: 't1',
      executionCount: 812,
      successfulSlots: 3,
      lastExecutionId: 'exec-812',
      lastExecutionAt: slotAt(0),
      lastStatus: null,
    };

    it('is imported once, and does not change known figures', () => {
      run('e1', { taskId: 't9' }, { status: 'failure' });
      const known = ledger.get('e1');
      if (known === null) throw new Error('e1 was written');
      const old = { ...known, executionId: 'exec-812', taskId: 't1', startedAt: slotAt(0), completedAt: slotAt(1) };
      const history = { executions: [old, { ...known, status: 'success' as const }], runStates: [carried] };
      expect(ledger.importHistory(history)).toBe(1);
      expect(ledger.importHistory(history)).toBe(0);
      expect(ledger.get('exec-812')).toEqual({ ...old, duration: 60_000 });
      expect(ledger.get('e1')?.status).toBe('failure');
      expect(state()).toMatchObject({ executionCount: 812, lastExecutionId: 'exec-812', successfulSlots: 3 });
    });

    it('has no running execution', () => {
      run('e1', {}, {});
      const known = ledger.get('e1');
      if (known === null) throw new Error('e1 was written');
      const stale = { ...known, executionId: 'old', status: 'running' as const, completedAt: null };
      ledger.importHistory({ executions: [stale], runStates: [] });
      expect(ledger.get('old')?.status).toBe('interrupted');
      expect(ledger.running()).toEqual([]);
    });

    it('is the base of later counts', () => {
      ledger.importHistory({ executions: [], runStates: [carried] });
      run('e1', {}, {});
      expect(state()).toMatchObject({ executionCount: 813, lastExecutionId: 'e1', lastStatus: 'success' });
    });
  });

  describe('retention', () => {
    const fill = () => {
      for (let n = 0; n < 6; n += 1) {
        run(`a${n}`, { startedAt: slotAt(n), logPath: `/logs/a${n}` }, { logBytes: 100 });
        run(`b${n}`, { taskId: 't2', startedAt: slotAt(n), logPath: null }, { logBytes: 0 });
      }
      ledger.start(anExecution({ executionId: 'running', startedAt: slotAt(-60), logPath: '/logs/running' }));
    };

    it('returns executions beyond their task’s count or too old, oldest first, but no running one', () => {
      fill();
      const keepAll = { keepPerTask: 100, startedBefore: slotAt(-1000) };
      expect(ledger.expired(keepAll)).toEqual([]);
      expect(ledger.expired({ ...keepAll, keepPerTask: 4 })).toEqual(['a0', 'b0', 'a1', 'b1']);
      expect(ledger.expired({ ...keepAll, startedBefore: slotAt(1) })).toEqual(['a0', 'b0']);
      expect(ledger.expired({ keepPerTask: 5, startedBefore: slotAt(2) })).toEqual(['a0', 'b0', 'a1', 'b1']);
    });

    it('counts looks without a change apart, so that they displace no run', () => {
      fill();
      for (let n = 0; n < 4; n += 1) run(`look${n}`, { startedAt: slotAt(10 + n) }, { status: 'skipped' });
      const keep = { keepPerTask: 2, startedBefore: slotAt(-1000) };
      expect(ledger.expired(keep).filter((id) => !id.startsWith('b'))).toEqual([
        'a0',
        'a1',
        'a2',
        'a3',
        'look0',
        'look1',
      ]);
    });

    it('returns the oldest logs beyond a total size, and can delete them but keep the execution', () => {
      fill();
      expect(ledger.oversizedLogs(600)).toEqual([]);
      expect(ledger.oversizedLogs(450)).toEqual(['a0', 'a1']);
      expect(ledger.forgetLogs(['a0', 'a1', 'b0', 'running'])).toEqual(['/logs/a0', '/logs/a1']);
      expect(ledger.get('a0')).toMatchObject({ status: 'success', logPath: null, logBytes: 0 });
      expect(ledger.get('running')).toMatchObject({ logPath: '/logs/running' });
      expect(ledger.oversizedLogs(450)).toEqual([]);
    });
  });

  it('deletes old changes, but keeps the latest ones', () => {
    const at = (minute: number) => ({ author: 'cli', taskId: 't1', before: null, after: null, at: slotAt(minute) });
    for (let n = 0; n < 6; n += 1) ledger.audit({ ...at(n), action: `change ${n}` });
    const left = () => ledger.auditTrail('t1').map(({ action }) => action.slice(7));
    expect(ledger.removeChanges({ before: slotAt(5), keep: 6 })).toBe(0);
    expect(ledger.removeChanges({ before: slotAt(0), keep: 0 })).toBe(0);
    expect(ledger.removeChanges({ before: slotAt(5), keep: 4 })).toBe(2);
    expect(left()).toEqual(['2', '3', '4', '5']);
    expect(ledger.removeChanges({ before: slotAt(3), keep: 1 })).toBe(1);
    expect(left()).toEqual(['3', '4', '5']);
    expect(ledger.audit({ ...at(9), action: 'change 9' })).toBeGreaterThan(6);
  });

  it('keeps the waits of slots, one reason each, until they end', () => {
    const owner = { pid: 7, startedAt: 'a' };
    const first = { taskId: 't1', slot: slotAt(0), owner };
    const other = { ...first, reason: 'turn', owner: { pid: 7, startedAt: 'b' } } as const;
    ledger.setWait({ ...first, reason: 'overlap' });
    ledger.setWait({ ...first, reason: 'turn' });
    ledger.setWait(other);
    expect(ledger.waits()).toEqual([{ ...first, reason: 'turn' }, other]);
    ledger.endWait(first);
    ledger.endWait(first);
    expect(ledger.waits()).toEqual([other]);
  });

  it('stores marks', () => {
    expect(ledger.mark('x')).toBeNull();
    ledger.setMark('x', '1');
    ledger.setMark('x', '2');
    expect(ledger.mark('x')).toBe('2');
    expect(ledger.mark('y')).toBeNull();
  });
}
