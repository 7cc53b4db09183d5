import { expect, it, vi } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { RunIndexing } from './run-indexing.ts';

function fixture(...answers: readonly (boolean | Error)[]) {
  const left = [...answers];
  const ledger = {
    indexEarlierRuns: vi.fn(() => {
      const answer = left.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    }),
  };
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  return { ledger, clock, logger, indexing: new RunIndexing({ ledger, clock, logger }) };
}

it('adds one piece after the other, with pauses, and then waits for nothing', () => {
  const { ledger, clock, indexing } = fixture(true, true, false);
  indexing.start();
  expect(ledger.indexEarlierRuns).not.toHaveBeenCalled();
  clock.advance(1000);
  expect(ledger.indexEarlierRuns).toHaveBeenCalledTimes(3);
  expect(clock.pending()).toEqual([]);
});

it('tries again after a failure, and reports it once', () => {
  const { ledger, clock, logger, indexing } = fixture(new Error('disk full'), new Error('disk full'), true, false);
  indexing.start();
  clock.advance(200_000);
  expect(logger.warn.mock.calls).toEqual([['Earlier runs were not indexed, so searches are slow: disk full']]);
  expect(ledger.indexEarlierRuns).toHaveBeenCalledTimes(4);
});

it('stops', () => {
  const { ledger, clock, indexing } = fixture(true, true, true);
  indexing.start();
  clock.advance(60);
  indexing.stop();
  clock.advance(1000);
  expect(ledger.indexEarlierRuns).toHaveBeenCalledTimes(1);
  expect(clock.pending()).toEqual([]);
});
