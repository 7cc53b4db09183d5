import { beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../../contract/execution.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { ExecutionRecords, ExecutionResult } from '../../../ports/ledger/executions.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { OutcomeWriter } from './outcome-writer.ts';

let full: Error | null;
let lost: Error | null;
let written: [string, ExecutionResult][];
let said: unknown[];
let stored: Execution | null;
let writer: OutcomeWriter;
beforeEach(() => {
  [full, lost, stored] = [null, null, { ...anExecution(), ...anOutcome(), duration: 2500 }];
  [written, said] = [[], []];
  const ledger: Pick<ExecutionRecords, 'finish' | 'get'> = {
    finish: (id, result) => {
      if (full !== null) throw full;
      written.push([id, result]);
      return true;
    },
    get: () => {
      if (lost !== null) throw lost;
      return stored;
    },
  };
  const say = (message: string, details?: object) => void said.push([message, details]);
  const logger = { info: say, warn: say, error: say };
  writer = new OutcomeWriter({ ledger: ledger as ExecutionRecords, logger });
});

const first = anExecution({ executionId: 'e1' });
const second = anExecution({ executionId: 'e2', accounts: { ops: '2026-11-23' } });

describe('an outcome', () => {
  it('is returned as the ledger has it', () => {
    expect(writer.write(first, anOutcome())).toBe(stored);
    expect(written).toEqual([['e1', anOutcome()]]);
    expect(said).toEqual([]);
  });

  it('that cannot be written is reported, with what the run itself had to say', () => {
    full = new Error('no space.');
    const error = { code: 'execution/exit-code', message: 'It exited with 1.' };
    const execution = writer.write(second, anOutcome({ status: 'failure', error }));
    expect(execution).toMatchObject({ executionId: 'e2', status: 'failure', duration: 2500 });
    expect(execution).not.toHaveProperty('owner');
    expect(execution).not.toHaveProperty('accounts');
    expect(execution.error?.code).toBe('store/unwritten');
    expect(execution.error?.message).toMatch(
      /^It ended \(failure\), but .*: no space\. It is kept .* Error of the run: It exited with 1\.$/,
    );
    const details = { executionId: 'e2', taskName: 'Daily backup', status: 'failure', problem: 'no space.' };
    expect(said).toEqual([['Could not write the outcome of an execution', details]]);
  });

  it('that cannot be written mentions no error of the run if there was none', () => {
    full = new SchedulerError('store/disk-full', 'The disk is full.');
    const { error } = writer.write(first, anOutcome());
    expect(error?.code).toBe('store/disk-full');
    expect(error?.message).toMatch(/counts as interrupted\.$/);
    full = new SchedulerError('os/failed', 'It is not the disk.');
    expect(writer.write(first, anOutcome()).error?.code).toBe('store/unwritten');
  });

  it('never took less than no time, whatever the clock did meanwhile', () => {
    full = new Error('no space.');
    expect(writer.write(first, anOutcome({ completedAt: '2026-11-23T08:00:00.000Z' })).duration).toBe(0);
  });

  it('that cannot be read back is reported, as it was written', () => {
    lost = new Error('locked');
    const execution = writer.write(first, anOutcome());
    expect(execution).toMatchObject({ status: 'success', error: { code: 'store/unreadable' } });
    const message = 'The outcome was written, but could not be read back: locked';
    expect(execution.error?.message).toBe(message);
    expect(said).toEqual([['Could not read an execution that ended', { executionId: 'e1', problem: message }]]);
  });

  it('that the ledger no longer has is reported', () => {
    stored = null;
    expect(writer.write(first, anOutcome()).error?.code).toBe('store/execution-removed');
  });
});

describe('an outcome that was kept', () => {
  it('is written before the next one, once, and that is logged', () => {
    full = new Error('no space');
    writer.write(first, anOutcome({ logBytes: 1 }));
    full = null;
    said = [];
    writer.write(second, anOutcome({ logBytes: 2 }));
    writer.writeOutstanding();
    expect(written.map(([id, { logBytes }]) => [id, logBytes])).toEqual([
      ['e1', 1],
      ['e2', 2],
    ]);
    expect(said).toEqual([['Wrote an outcome that could not be written before', { executionId: 'e1' }]]);
  });

  it('stays kept in silence while it cannot be written, in the order in which the runs ended', () => {
    full = new Error('no space');
    for (const execution of [first, second]) writer.write(execution, anOutcome());
    said = [];
    writer.writeOutstanding();
    expect(said).toEqual([]);
    full = null;
    writer.writeOutstanding();
    expect(written.map(([id]) => id)).toEqual(['e1', 'e2']);
  });
});
