import { expect, it, vi } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome, slotAt } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { ChangeFeed } from './change-feed.ts';

function fixture(ledger = memoryLedger()) {
  const listener = {
    scheduleChanged: vi.fn(),
    executionsChanged: vi.fn(),
    proposalsChanged: vi.fn(),
    slotsMissed: vi.fn(),
  };
  const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const sync = { watch: () => () => undefined };
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const feed = new ChangeFeed({ ledger, store: memoryStore(), sync, clock, logger }, listener);
  return { ledger, listener, logger, clock, feed };
}

it('collects the changes of a moment', () => {
  const { ledger, listener, clock, feed } = fixture();
  feed.start();
  ledger.claim(anExecution({ executionId: 'e1' }));
  ledger.finish('e1', anOutcome());
  clock.advance(1000);
  expect(listener.executionsChanged.mock.calls).toMatchObject([[[{ executionId: 'e1', status: 'success' }]]]);
});

it('reports runs that changed between its creation and its start, and nothing older', () => {
  const ledger = memoryLedger();
  ledger.claim(anExecution({ executionId: 'e1' }));
  const { listener, feed } = fixture(ledger);
  ledger.claim(anExecution({ executionId: 'e2', slot: slotAt(1) }));
  feed.start();
  expect(listener.executionsChanged.mock.calls).toMatchObject([[[{ executionId: 'e2' }]]]);
});

it('reports the outcome of a run that ended just before it stopped', () => {
  const { ledger, listener, clock, feed } = fixture();
  feed.start();
  ledger.claim(anExecution({ executionId: 'e1' }));
  clock.advance(1000);
  ledger.finish('e1', anOutcome());
  feed.stop();
  expect(listener.executionsChanged).toHaveBeenLastCalledWith([
    expect.objectContaining({ executionId: 'e1', status: 'success' }),
  ]);
  listener.executionsChanged.mockClear();
  clock.advance(10_000);
  expect(listener.executionsChanged).not.toHaveBeenCalled();
});

it('reports a change of another process again if it could not be read', () => {
  const { ledger, listener, logger, clock, feed } = fixture();
  let counter = ledger.changeCounter();
  vi.spyOn(ledger, 'changeCounter').mockImplementation(() => counter);
  feed.start();
  ledger.claim(anExecution({ executionId: 'e1' }));
  counter += 1;
  const list = vi.spyOn(ledger, 'proposals').mockImplementation(() => {
    throw new Error('disk I/O error');
  });
  clock.advance(1500);
  expect(logger.error).toHaveBeenCalled();
  expect(listener.executionsChanged).not.toHaveBeenCalled();
  list.mockRestore();
  clock.advance(1000);
  expect(listener.executionsChanged).toHaveBeenCalledOnce();
});
