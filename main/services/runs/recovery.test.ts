import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryProcessTree } from '../../testing/memory-outside.ts';
import { ExecutionCanceller } from './execution-canceller.ts';
import { Recovery } from './recovery.ts';

const started = '2026-11-23T09:00:00.000Z';

/** @param writtenAt when the log was last written; null if there is no log */
function fixture(writtenAt: string | null) {
  const ledger = memoryLedger();
  const clock = fakeClock('2026-11-24T09:00:00.000Z');
  const processTree = { ...memoryProcessTree, isAlive: ({ pid }: { pid: number }) => pid === 1 };
  const files = { size: () => 12, writtenAt: () => (writtenAt === null ? null : Date.parse(writtenAt)) };
  const recovery = new Recovery({ ledger, clock, processTree, files });
  const attempts = { cancel: () => false } as never;
  const canceller = new ExecutionCanceller({ ledger, clock, processTree, attempts, recovery });
  const run = (executionId: string, pid: number) =>
    ledger.start(anExecution({ executionId, slot: null, startedAt: started, owner: { pid, startedAt: 'a' } }));
  return { ledger, recovery, canceller, run };
}

describe('a run whose process is gone', () => {
  it.each([
    ['when its log was last written', '2026-11-23T09:00:31.000Z', '2026-11-23T09:00:31.000Z'],
    ['not before it started', '2020-01-01T00:00:00.000Z', started],
    ['not in the future', '2030-01-01T00:00:00.000Z', '2026-11-24T09:00:00.000Z'],
    ['now, if it left no log', null, '2026-11-24T09:00:00.000Z'],
  ])('ended %s', (_when, writtenAt, completedAt) => {
    const { ledger, recovery, run } = fixture(writtenAt);
    run('e1', 4711);
    expect(recovery.run()).toMatchObject([{ executionId: 'e1', status: 'interrupted', completedAt }]);
    expect(ledger.running()).toEqual([]);
  });

  it('was interrupted and cannot be cancelled any more', async () => {
    const { ledger, canceller, run } = fixture('2026-11-23T09:00:31.000Z');
    run('e1', 4711);
    await expect(canceller.cancel('e1')).rejects.toMatchObject({
      code: 'execution/not-running',
      message: 'The run e1 is not running: it ended with status interrupted.',
    });
    expect(ledger.get('e1')).toMatchObject({ status: 'interrupted', duration: 31_000 });
  });
});

it('a slot that waited in a process that is gone waits no more', () => {
  const { ledger, recovery } = fixture(null);
  const [alive, gone] = [
    { pid: 1, startedAt: 'a' },
    { pid: 4711, startedAt: 'a' },
  ];
  for (const owner of [alive, gone]) ledger.setWait({ taskId: 't1', slot: started, reason: 'overlap', owner });
  recovery.run();
  expect(ledger.waits()).toMatchObject([{ owner: alive }]);
});

it('a run of a process that is alive goes on, and one that ended stays as it is', () => {
  const { ledger, recovery, run } = fixture('2026-11-23T09:00:31.000Z');
  run('e1', 1);
  run('e2', 4711);
  ledger.finish('e2', anOutcome());
  expect(recovery.run()).toEqual([]);
  expect(ledger.get('e1')?.status).toBe('running');
  expect(ledger.get('e2')?.status).toBe('success');
});
