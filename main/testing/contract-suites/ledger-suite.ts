import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ExecutionResult, NewExecution } from '../../ports/ledger/executions.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import { anExecution, anOutcome, slotAt } from '../ledger-samples.ts';

/** Checks what every `Ledger` must do for slots, executions, audit and the write lock. */
export function ledgerContract(open: () => Ledger): void {
  let ledger: Ledger;
  beforeEach(() => {
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
  });
  const run = (id: string, change: Partial<NewExecution>, outcome: Partial<ExecutionResult>) => {
    ledger.start(anExecution({ executionId: id, ...change }));
    ledger.finish(id, anOutcome(outcome));
  };

  describe('a slot is decided once', () => {
    it('is claimed once, and the second claim starts nothing', () => {
      expect(ledger.claim(anExecution())).toBe(true);
      expect(ledger.claim(anExecution({ executionId: 'e2' }))).toBe(false);
      expect(ledger.get('e2')).toBeNull();
    });

    it('is listed with those of other tasks if it was skipped: the latest ones, oldest first', () => {
      const skip = (taskId: string, minute: number) => ({
        ...{ taskId, slot: slotAt(minute), reason: 'paused' as const, detail: null, at: slotAt(minute) },
      });
      ledger.decide([skip('t1', 1), skip('t2', 2), skip('t3', 3), skip('t1', 4)]);
      ledger.claim(anExecution({ slot: slotAt(5) }));
      const slots = (limit: number, since = slotAt(0)) =>
        ledger.skippedSlots(['t1', 't2'], since, limit).map(({ taskId, slot }) => `${taskId} ${slot.slice(14, 16)}`);
      expect(slots(10)).toEqual(['t1 01', 't2 02', 't1 04']);
      expect(slots(2)).toEqual(['t2 02', 't1 04']);
      expect(slots(10, slotAt(3))).toEqual(['t1 04']);
      expect(ledger.skippedSlots([], slotAt(0), 10)).toEqual([]);
    });

    it('is listed as missed until it runs: the latest ones of the given tasks, oldest first', () => {
      const skip = (taskId: string, minute: number, reason: 'missed' | 'catch-up-window' | 'paused', at: number) => ({
        ...{ taskId, slot: slotAt(minute), reason, detail: null, at: slotAt(at) },
      });
      ledger.decide([skip('t1', 1, 'missed', 20), skip('t2', 2, 'catch-up-window', 21), skip('t3', 3, 'missed', 22)]);
      ledger.decide([skip('t1', 4, 'paused', 23), skip('t1', 5, 'missed', 24)]);
      const missed = (change: object = {}) =>
        ledger
          .missedOf(['t1', 't2'], { since: slotAt(0), recordedAfter: slotAt(0), limit: 10, ...change })
          .map(({ taskId, slot }) => `${taskId} ${slot.slice(14, 16)}`);
      expect(missed()).toEqual(['t1 01', 't2 02', 't1 05']);
      expect(missed({ limit: 2 })).toEqual(['t2 02', 't1 05']);
      expect(missed({ since: slotAt(2) })).toEqual(['t2 02', 't1 05']);
      expect(missed({ recordedAfter: slotAt(21) })).toEqual(['t1 05']);
      expect(ledger.claimPast(anExecution({ slot: slotAt(5) }), null)).toBe(true);
      expect(missed()).toEqual(['t1 01', 't2 02']);
    });

    it('is the same slot in every spelling of the instant', () => {
      ledger.claim(anExecution({ slot: '2026-11-23T09:00:00.000Z' }));
      expect(ledger.claim(anExecution({ executionId: 'e2', slot: '2026-11-23T09:00:00Z' }))).toBe(false);
    });

    it('cannot be decided after it was claimed, nor claimed after it was decided', () => {
      const decision = { taskId: 't1', reason: 'paused', detail: null, at: slotAt(5) } as const;
      ledger.claim(anExecution({ slot: slotAt(0) }));
      expect(
        ledger.decide([
          { ...decision, slot: slotAt(0) },
          { ...decision, slot: slotAt(1) },
        ]),
      ).toBe(1);
      expect(ledger.decide([{ ...decision, slot: slotAt(1), reason: 'overlap' }])).toBe(0);
      expect(ledger.claim(anExecution({ executionId: 'e2', slot: slotAt(1) }))).toBe(false);
      expect(
        ledger.slots('t1', slotAt(0)).map(({ state, reason, executionId }) => [state, reason, executionId]),
      ).toEqual([
        ['claimed', null, 'e1'],
        ['skipped', 'paused', null],
      ]);
    });

    it('belongs to one task only', () => {
      ledger.claim(anExecution());
      expect(ledger.claim(anExecution({ executionId: 'e2', taskId: 't2' }))).toBe(true);
    });

    it('has the outcome of its latest attempt', () => {
      ledger.claim(anExecution({ slot: slotAt(0), startedAt: slotAt(0) }));
      ledger.finish('e1', anOutcome({ status: 'failure' }));
      ledger.claim(anExecution({ executionId: 'e2', slot: slotAt(1), startedAt: slotAt(1) }));
      ledger.start(anExecution({ executionId: 'e3', slot: slotAt(0), startedAt: slotAt(2), attempt: 2 }));
      ledger.finish('e3', anOutcome({ status: 'success' }));
      ledger.claim(anExecution({ executionId: 'e4', taskId: 't2', slot: slotAt(3) }));
      expect([...ledger.slotOutcomes('t1', slotAt(0))]).toEqual([
        [slotAt(0), 'success'],
        [slotAt(1), 'running'],
      ]);
      expect([...ledger.slotOutcomes('t1', slotAt(1)).keys()]).toEqual([slotAt(1)]);
    });

    it('can be claimed for a backfill if it was skipped or has no record, and not if it ran', () => {
      ledger.decide([{ taskId: 't1', slot: slotAt(0), reason: 'missed', detail: null, at: slotAt(9) }]);
      const past = (executionId: string, slot: string, replaces: string | null = null) =>
        ledger.claimPast(anExecution({ executionId, slot, trigger: 'backfill', startedAt: slotAt(20) }), replaces);
      expect([past('e1', slotAt(0)), past('e2', slotAt(0)), past('e3', slotAt(1))]).toEqual([true, false, true]);
      expect(ledger.slots('t1', slotAt(0))).toMatchObject([
        { state: 'claimed', executionId: 'e1', reason: null, detail: 'run by a backfill' },
        { state: 'claimed', executionId: 'e3' },
      ]);
      expect(ledger.get('e2')).toBeNull();
    });

    it('can replace exactly the claim that a backfill saw, once its run has ended', () => {
      const past = (executionId: string, startedAt: string) =>
        ledger.claimPast(anExecution({ executionId, trigger: 'backfill', startedAt }), slotAt(0));
      ledger.claim(anExecution({ startedAt: slotAt(0) }));
      expect(past('e2', slotAt(20))).toBe(false);
      ledger.finish('e1', anOutcome());
      expect(past('e3', slotAt(20))).toBe(true);
      ledger.finish('e3', anOutcome());
      expect(past('e4', slotAt(21))).toBe(false);
      expect(ledger.runState(['t1']).get('t1')).toMatchObject({ executionCount: 2, successfulSlots: 1 });
    });

    it('needs a slot', () => {
      expect(() => ledger.claim(anExecution({ slot: null }))).toThrow(SchedulerError);
    });

    it('leaves nothing claimed when the execution cannot be written', () => {
      ledger.claim(anExecution({ slot: slotAt(0) }));
      expect(() => ledger.claim(anExecution({ slot: slotAt(1) }))).toThrow();
      expect(ledger.lastSlot('t1')).toBe(slotAt(0));
    });

    it('returns the last slot, claimed or decided, and the last one up to an instant', () => {
      expect(ledger.lastSlot('t1')).toBeNull();
      ledger.claim(anExecution({ slot: slotAt(1) }));
      ledger.decide([{ taskId: 't1', slot: slotAt(3), reason: 'overlap', detail: 'e1 runs', at: slotAt(3) }]);
      expect(ledger.lastSlot('t1')).toBe(slotAt(3));
      expect(ledger.lastSlot('t1', slotAt(2))).toBe(slotAt(1));
      expect(ledger.lastSlot('t1', slotAt(0))).toBeNull();
    });

    it('deletes old slots on request, but never a task’s latest or a running one', () => {
      ledger.claim(anExecution({ slot: slotAt(0) }));
      ledger.decide(
        [1, 2, 3].map((minute) => ({
          taskId: 't1',
          slot: slotAt(minute),
          reason: 'paused' as const,
          detail: null,
          at: slotAt(minute),
        })),
      );
      expect(ledger.removeSlots(slotAt(30))).toBe(2);
      expect(ledger.slots('t1', slotAt(0)).map(({ slot }) => slot)).toEqual([slotAt(0), slotAt(3)]);
    });
  });

  describe('the inputs of an execution', () => {
    const setup = {
      ...{ workingDirectory: '/srv', env: { TOKEN: '${secret:TOKEN}' }, inheritedVariables: 40, nice: 5 },
      ...{ timeoutMs: 1000, memoryBytes: null, outputLimitBytes: 4096 },
    };

    it('are stored with it', () => {
      ledger.claim(anExecution({ setup }));
      ledger.start(anExecution({ executionId: 'e2', slot: null, setup: { ...setup, memoryBytes: 1024 } }));
      expect(ledger.setup('e1')).toEqual(setup);
      expect(ledger.setup('e2')).toEqual({ ...setup, memoryBytes: 1024 });
    });

    it('are unknown for runs stored without them and for missing runs', () => {
      ledger.start(anExecution());
      expect(ledger.setup('e1')).toBeNull();
      expect(ledger.setup('nothing')).toBeNull();
    });
  });

  describe('an execution', () => {
    it('is stored completely', () => {
      ledger.claim(anExecution());
      expect(ledger.get('e1')).toMatchObject({ status: 'running', completedAt: null, duration: null, result: null });
      ledger.finish('e1', anOutcome({ result: { content: [{ type: 'text', text: 'hi ☕' }] } }));
      expect(ledger.get('e1')).toEqual<Execution>({
        executionId: 'e1',
        taskId: 't1',
        taskName: 'Daily backup',
        timingId: 'daily-9am',
        tool: 'shell:run',
        parameters: { command: 'true' },
        trigger: 'schedule',
        slot: '2026-11-23T09:00:00.000Z',
        attempt: 1,
        startedAt: '2026-11-23T09:00:00.120Z',
        completedAt: '2026-11-23T09:00:02.620Z',
        duration: 2500,
        status: 'success',
        exitCode: 0,
        signal: null,
        result: { content: [{ type: 'text', text: 'hi ☕' }] },
        error: null,
        logPath: '/data/logs/2026-11/e1.log',
        logBytes: 12,
        peakMemoryBytes: 4096,
        cpuMs: 3.5,
      });
    });

    it('keeps its first outcome', () => {
      ledger.start(anExecution());
      const error = { code: 'worker/crashed', message: 'The worker is gone.' };
      expect(ledger.finish('e1', anOutcome({ status: 'interrupted', error }))).toBe(true);
      expect(ledger.finish('e1', anOutcome())).toBe(false);
      expect(ledger.get('e1')).toMatchObject({ status: 'interrupted', error });
      expect(ledger.finish('unknown', anOutcome())).toBe(false);
    });

    it('never shows a negative duration when the clock was set back', () => {
      run('e1', { startedAt: slotAt(5) }, { completedAt: slotAt(1) });
      expect(ledger.get('e1')?.duration).toBe(0);
    });

    it('is listed as running with its owner and worker until it ends', () => {
      ledger.start(anExecution({ executionId: 'a', startedAt: slotAt(1) }));
      ledger.start(anExecution({ executionId: 'b', startedAt: slotAt(0) }));
      ledger.attachWorker('a', { pid: 99, startedAt: '123' });
      expect(
        ledger.running().map(({ execution, owner, worker }) => [execution.executionId, owner.pid, worker]),
      ).toEqual([
        ['b', 4711, null],
        ['a', 4711, { pid: 99, startedAt: '123' }],
      ]);
      ledger.finish('a', anOutcome());
      expect(ledger.running().map(({ execution }) => execution.executionId)).toEqual(['b']);
    });

    it('is removed only after it ended; its slot stays claimed and its log path is returned', () => {
      ledger.claim(anExecution());
      expect(ledger.removeExecutions(['e1', 'unknown'])).toEqual([]);
      ledger.finish('e1', anOutcome());
      expect(ledger.removeExecutions(['e1'])).toEqual(['/data/logs/2026-11/e1.log']);
      expect(ledger.get('e1')).toBeNull();
      expect(ledger.slots('t1', slotAt(0))).toMatchObject([{ state: 'claimed', executionId: null }]);
      expect(ledger.claim(anExecution({ executionId: 'e2' }))).toBe(false);
    });
  });

  describe('audit', () => {
    it('keeps every change of a task in order', () => {
      const at = slotAt(0);
      ledger.audit({ at, author: 'cli', action: 'task.create', taskId: 't1', before: null, after: { name: 'A' } });
      ledger.audit({ at, author: 'window', action: 'task.delete', taskId: 't1', before: { name: 'A' }, after: null });
      ledger.audit({ at, author: 'cli', action: 'pause-all', taskId: null, before: null, after: null });
      expect(ledger.auditTrail('t1')).toMatchObject([
        { at, author: 'cli', action: 'task.create', taskId: 't1', before: null, after: { name: 'A' } },
        { at, author: 'window', action: 'task.delete', taskId: 't1', before: { name: 'A' }, after: null },
      ]);
    });

    it('returns one change, and the changes of an author, a batch or since an instant, newest first', () => {
      const note = (minute: number, author: string, more: object = {}) =>
        ledger.audit({
          at: slotAt(minute),
          author,
          action: 'task.x',
          taskId: 't1',
          before: null,
          after: null,
          ...more,
        });
      const [first, second, third] = [note(0, 'cli'), note(1, 'mcp:a@1'), note(2, 'mcp:a@1', { batch: 'b' })];
      const undo = note(3, 'cli', { undoes: second });
      const numbers = (filter: Parameters<Ledger['changes']>[0], limit = 10) =>
        ledger.changes(filter, limit).map(({ sequence }) => sequence);
      expect(numbers({})).toEqual([undo, third, second, first]);
      expect(numbers({}, 2)).toEqual([undo, third]);
      expect(numbers({ before: third })).toEqual([second, first]);
      expect(numbers({ author: 'mcp:a@1', since: slotAt(2) })).toEqual([third]);
      expect(numbers({ batch: 'b' })).toEqual([third]);
      expect(numbers({ authors: ['cli', 'nobody'] })).toEqual([undo, first]);
      expect(numbers({ authors: [] })).toEqual([]);
      expect(ledger.authors()).toEqual(['cli', 'mcp:a@1']);
      expect(numbers({ taskId: 'other' })).toEqual([]);
      expect(ledger.change(undo)).toMatchObject({ sequence: undo, author: 'cli', undoes: second });
      expect(ledger.change(third)).toMatchObject({ batch: 'b' });
      expect(ledger.change(undo + 1)).toBeNull();
      expect(ledger.undoersOf(second)).toEqual([undo]);
    });
  });

  describe('the write lock', () => {
    it('returns the action’s result, and can be taken again inside', () => {
      expect(ledger.withWriteLock(() => ledger.withWriteLock(() => 7))).toBe(7);
    });

    it('undoes what the ledger wrote when the action fails, and is free afterwards', () => {
      expect(() =>
        ledger.withWriteLock(() => {
          ledger.start(anExecution());
          throw new Error('no');
        }),
      ).toThrow('no');
      expect(ledger.get('e1')).toBeNull();
      expect(ledger.claim(anExecution())).toBe(true);
    });

    it('undoes only the inner part if the outer one continues', () => {
      ledger.withWriteLock(() => {
        ledger.start(anExecution({ executionId: 'outer' }));
        expect(() =>
          ledger.withWriteLock(() => {
            ledger.start(anExecution({ executionId: 'inner' }));
            throw new Error('no');
          }),
        ).toThrow('no');
      });
      expect(ledger.get('outer')).not.toBeNull();
      expect(ledger.get('inner')).toBeNull();
    });
  });
}
