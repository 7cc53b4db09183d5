import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { executionFilterSchema } from '../../contract/execution.ts';
import type { ExecutionFilterInput } from '../../contract/execution.ts';
import type { ExecutionResult, NewExecution } from '../../ports/ledger/executions.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { aDoubt, anExecution, anOutcome, slotAt } from '../ledger-samples.ts';

/** Checks what every `Ledger` must return about many executions: pages, and how they ended over time. */
export function ledgerPagesContract(open: () => Ledger): void {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
  });
  const list = (filter: ExecutionFilterInput = {}) => ledger.list(executionFilterSchema.parse(filter));
  const run = (id: string, change: Partial<NewExecution>, outcome: Partial<ExecutionResult>) => {
    ledger.start(anExecution({ executionId: id, ...change }));
    ledger.finish(id, anOutcome(outcome));
  };

  describe('outcomes', () => {
    it('are counted by steps, from an instant on', () => {
      const at = (time: string) => ({ slot: null, startedAt: `2026-11-23T${time}.000Z` });
      run('e0', at('08:59:59'), {});
      run('e1', at('09:00:00'), {});
      run('e2', at('09:14:59'), { status: 'failure' });
      run('e3', at('09:29:00'), { status: 'timeout' });
      run('e4', at('09:30:00'), { status: 'cancelled' });
      ledger.start(anExecution({ executionId: 'e5', ...at('09:31:00') }));
      run('e6', at('11:00:00'), { status: 'interrupted' });
      expect(ledger.outcomes('2026-11-23T09:00:00.000Z', 15 * 60_000)).toEqual([
        { at: '2026-11-23T09:00:00.000Z', good: 1, bad: 1 },
        { at: '2026-11-23T09:15:00.000Z', good: 0, bad: 1 },
        { at: '2026-11-23T11:00:00.000Z', good: 0, bad: 1 },
      ]);
    });

    it('of an empty ledger are empty', () => {
      expect(ledger.outcomes('2026-11-23T09:00:00.000Z', 60_000)).toEqual([]);
    });
  });

  describe('the latest runs', () => {
    const at = (n: number) => ({ slot: null, trigger: 'manual' as const, startedAt: slotAt(n) });

    it('are those of each task, newest first, up to a limit, without test runs and skipped ones', () => {
      run('e1', at(1), {});
      run('e2', at(2), { status: 'failure' });
      run('e3', { ...at(3), trigger: 'test' }, {});
      run('e5', at(5), { doubt: aDoubt });
      ledger.start(anExecution({ executionId: 'e6', ...at(6) }));
      run('e7', { ...at(7), taskId: 'other' }, {});
      const { taskId } = anExecution();
      const latest = ledger.latestRuns([taskId, 'other', 'nobody'], 3);
      const brief = (id: string) =>
        latest.get(id)?.map(({ executionId, status, isDoubtful }) => [executionId, status, isDoubtful]);
      expect(brief(taskId)).toEqual([
        ['e6', 'running', false],
        ['e5', 'success', true],
        ['e2', 'failure', false],
      ]);
      expect(brief('other')).toEqual([['e7', 'success', false]]);
      expect(brief('nobody')).toEqual([]);
      expect(latest.get(taskId)?.[0]?.duration).toBeNull();
    });
  });

  describe('sums of runs', () => {
    const at = (minute: number, change: Partial<NewExecution> = {}) => ({
      ...{ slot: null, startedAt: slotAt(minute), ...change },
    });
    const took = (minute: number, ms: number): Partial<ExecutionResult> => ({
      completedAt: new Date(Date.parse(slotAt(minute)) + ms).toISOString(),
    });

    it('count from an instant on, without test runs; a running one has taken no time yet', () => {
      run('e0', at(0), took(0, 9000));
      run('e1', at(1), { ...took(1, 2000), cpuMs: 5, peakMemoryBytes: 10 });
      run('e2', at(2), { ...took(2, 1000), status: 'timeout', cpuMs: null, peakMemoryBytes: 30 });
      run('e3', at(3, { trigger: 'test' }), took(3, 9000));
      run('e4', at(4), { ...took(4, -5000), status: 'cancelled', cpuMs: 1, peakMemoryBytes: null });
      ledger.start(anExecution({ executionId: 'e5', ...at(5) }));
      run('other', at(2, { taskId: 'other' }), took(2, 9000));
      expect(ledger.runTotals('t1', slotAt(1))).toEqual({
        ...{ runs: 4, failures: 1, busyMs: 3000, cpuMs: 6, peakMemoryBytes: 30 },
        ...{ kept: 6, oldestAt: slotAt(0) },
      });
      expect(ledger.runTotals('nobody', slotAt(1))).toEqual({
        ...{ runs: 0, failures: 0, busyMs: 0, cpuMs: null, peakMemoryBytes: null },
        ...{ kept: 0, oldestAt: null },
      });
    });

    it('compare the latest runs, newest first, without test runs', () => {
      run('e1', at(1), { ...took(1, 2000), logBytes: 7 });
      run('e2', at(2), { ...took(2, 1000), status: 'failure' });
      run('e3', at(3, { trigger: 'test' }), {});
      expect(ledger.comparedRuns('t1', 1).map(({ executionId }) => executionId)).toEqual(['e2']);
      expect(ledger.comparedRuns('t1', 9)[1]).toEqual({
        ...{ executionId: 'e1', trigger: 'schedule', status: 'success', startedAt: slotAt(1) },
        ...{ duration: 2000, logBytes: 7 },
      });
    });

    it('count starts by the minute, up to an instant, without test runs', () => {
      for (const [index, trigger] of (['schedule', 'manual', 'test', 'chain'] as const).entries()) {
        ledger.start(anExecution({ executionId: trigger, ...at(1, { trigger, taskId: `t${index}` }) }));
      }
      ledger.start(anExecution({ executionId: 'before', ...at(0) }));
      ledger.start(anExecution({ executionId: 'later', ...at(3) }));
      ledger.start(anExecution({ executionId: 'after', ...at(4) }));
      const minutes = ledger.startsByMinute(slotAt(1), slotAt(4));
      expect(minutes.sort((left, right) => left.atMs - right.atMs)).toEqual([
        { atMs: Date.parse(slotAt(1)), starts: 3 },
        { atMs: Date.parse(slotAt(3)), starts: 1 },
      ]);
    });
  });

  describe('doubts, causes and the line that decided', () => {
    const cause = { executionId: 'e1', taskId: 't1', taskName: 'Daily backup' };

    it('are kept, and filter runs', () => {
      run(
        'e1',
        { slot: null, trigger: 'manual' },
        { status: 'failure', error: { code: 'a/b', message: 'm', line: 'l' } },
      );
      run('e2', { slot: null, trigger: 'chain', cause }, { doubt: aDoubt });
      expect(ledger.get('e1')).toMatchObject({ error: { code: 'a/b', message: 'm', line: 'l' } });
      expect(ledger.get('e1')).not.toHaveProperty('doubt');
      expect(ledger.get('e2')).toMatchObject({ doubt: aDoubt, cause });
      expect(list({ doubtful: true }).executions.map(({ executionId }) => executionId)).toEqual(['e2']);
      expect(list({ doubtful: false }).total).toBe(2);
      expect(list({ causeId: 'e1' }).executions.map(({ executionId }) => executionId)).toEqual(['e2']);
      expect(list({ causeId: 'e2' }).total).toBe(0);
    });
  });

  describe('the emptiness of earlier runs', () => {
    it('is that of successes with the same tool and parameters, newest first', () => {
      const at = (n: number) => ({ slot: null, trigger: 'manual' as const, startedAt: slotAt(n) });
      run('e1', at(1), { isEmpty: true });
      run('e2', at(2), { isEmpty: false });
      run('e3', at(3), { status: 'failure', isEmpty: true });
      run('e4', at(4), {});
      run('e5', { ...at(5), parameters: { command: 'other' } }, { isEmpty: true });
      expect(ledger.emptiness(anExecution(), 10)).toEqual([false, true]);
      expect(ledger.emptiness(anExecution(), 1)).toEqual([false]);
    });
  });

  describe('pages', () => {
    beforeEach(() => {
      for (let n = 0; n < 12; n += 1) {
        const failed = n % 3 === 0;
        run(
          `e${String(n).padStart(2, '0')}`,
          {
            taskId: n % 2 === 0 ? 't1' : 't2',
            timingId: n % 2 === 0 ? 'daily-9am' : 'hourly',
            taskName: n % 2 === 0 ? 'Daily backup' : '100% Ünïcödé',
            trigger: n === 11 ? 'manual' : 'schedule',
            startedAt: slotAt(n),
          },
          failed
            ? { status: 'failure', exitCode: 2, error: { code: 'shell/exit', message: `Disk_${n} is full` } }
            : { status: 'success' },
        );
      }
    });
    const ids = (filter: ExecutionFilterInput) => list(filter).executions.map(({ executionId }) => executionId);

    it('are newest first, with the total of all that match', () => {
      expect(ids({ limit: 3 })).toEqual(['e11', 'e10', 'e09']);
      expect(ids({ limit: 3, offset: 3 })).toEqual(['e08', 'e07', 'e06']);
      expect(list({ limit: 3 }).total).toBe(12);
      expect(list({ offset: 50 })).toEqual({ executions: [], total: 12 });
    });

    it('keep the order of starts within one millisecond', () => {
      ledger.start(anExecution({ executionId: 'x', startedAt: slotAt(20) }));
      ledger.start(anExecution({ executionId: 'a', startedAt: slotAt(20) }));
      expect(ids({ limit: 2 })).toEqual(['a', 'x']);
    });

    it('can be filtered by task, group, status, trigger and time, together', () => {
      expect(ids({ taskId: 't2', status: 'failure' })).toEqual(['e09', 'e03']);
      expect(ids({ timingId: 'daily-9am', since: slotAt(8) })).toEqual(['e10', 'e08']);
      expect(ids({ since: slotAt(2), until: slotAt(4) })).toEqual(['e04', 'e03', 'e02']);
      expect(ids({ trigger: 'manual' })).toEqual(['e11']);
      expect(list({ status: 'failure', limit: 1 })).toMatchObject({ total: 4 });
    });

    it('can be searched in name, tool and error, in any case, without special characters', () => {
      expect(list({ query: 'BACKUP' }).total).toBe(6);
      expect(list({ query: 'shell:' }).total).toBe(12);
      expect(ids({ query: 'disk_3' })).toEqual(['e03']);
      expect(list({ query: '100%' }).total).toBe(6);
      expect(list({ query: '%' }).total).toBe(6);
      expect(list({ query: '\\' }).total).toBe(0);
      expect(ids({ query: 'is full', taskId: 't1', limit: 1 })).toEqual(['e06']);
      expect(list({ query: 'is full', taskId: 't1' }).total).toBe(2);
      // Every word must be somewhere, in any order and in any of the fields.
      expect(list({ query: ' full  shell: is ', taskId: 't1' }).total).toBe(2);
      expect(list({ query: 'full nowhere' }).total).toBe(0);
    });
  });
}
