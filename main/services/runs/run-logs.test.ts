import { describe, expect, it, vi } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryLogs } from '../../testing/memory-window/memory-logs.ts';
import { LiveLines } from './live-lines.ts';
import { RunLogs } from './run-logs.ts';

function fixture() {
  const ledger = memoryLedger();
  const { files, append } = memoryLogs();
  ledger.start(anExecution({ executionId: 'a', slot: null, logPath: '/logs/2026-11/a.log' }));
  ledger.finish('a', anOutcome({}));
  const live = new LiveLines();
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const settle = vi.fn(() => Promise.resolve());
  return { append, ledger, live, clock, settle, logs: new RunLogs({ ledger, files, clock, live, settle }) };
}

describe('a file of the result of a run', () => {
  it('is shown if it is a picture or sound', () => {
    const { append, logs } = fixture();
    append('/logs/2026-11/a.files/1.png', 'picture');
    append('/logs/2026-11/a.files/2.svg', '<svg/>');
    expect(logs.media('a', '1.png')).toBe(`data:image/png;base64,${Buffer.from('picture').toString('base64')}`);
    expect(logs.media('a', '2.svg')).toBeNull();
    append('/logs/2026-11/a.files/3.mp3', 'sound');
    expect(logs.media('a', '3.mp3')).toBe(`data:audio/mpeg;base64,${Buffer.from('sound').toString('base64')}`);
    append('/logs/2026-11/a.files/4.constructor', 'no media type');
    expect(logs.media('a', '4.constructor')).toBeNull();
  });

  it('is not shown if it is gone or too large', () => {
    const { append, logs } = fixture();
    append('/logs/2026-11/a.files/1.png', 'a'.repeat(20 * 1024 * 1024 + 1));
    expect(logs.media('a', '1.png')).toBeNull();
    expect(logs.media('a', '2.png')).toBeNull();
  });

  it('is opened itself if no program executes it, and otherwise in its folder', () => {
    const { logs } = fixture();
    expect(logs.resultFileToOpen('a', '1.pdf')).toBe('/logs/2026-11/a.files/1.pdf');
    expect(logs.resultFileToOpen('a', '2.svg')).toBe('/logs/2026-11/a.files');
    expect(logs.resultFileToOpen('a', '3.bin')).toBe('/logs/2026-11/a.files');
  });

  it('belongs to a run that exists', () => {
    const { logs } = fixture();
    expect(() => logs.media('b', '1.png')).toThrow(expect.objectContaining({ code: 'execution/not-found' }));
  });
});

describe('a log that grows', () => {
  it('ends for who follows it once the process of its run is found to be gone', async () => {
    const { append, ledger, clock, settle, logs } = fixture();
    ledger.start(anExecution({ executionId: 'd', slot: null, logPath: '/logs/2026-11/d.log' }));
    append('/logs/2026-11/d.log', 'begun');
    settle.mockImplementation(async () => void (await Promise.resolve(ledger.finish('d', anOutcome({})))));
    let text = '';
    const following = (async () => {
      for await (const bytes of logs.stream('d', new AbortController().signal)) text += bytes.toString();
    })();
    await vi.waitFor(() => {
      clock.advance(1000);
      expect(settle).toHaveBeenCalledOnce();
    });
    await following;
    expect(text).toBe('begun');
  });

  it('is followed by each window for itself', () => {
    const { append, ledger, clock, logs } = fixture();
    ledger.start(anExecution({ executionId: 'c', slot: null, logPath: '/logs/2026-11/c.log' }));
    const [one, other] = [{ seen: 0 }, { seen: 0 }];
    for (const each of [one, other]) logs.follow('c', (size) => (each.seen = size), each);
    append('/logs/2026-11/c.log', 'first');
    clock.advance(1000);
    expect([one.seen, other.seen]).toEqual([5, 5]);
    logs.unfollow('c', one);
    append('/logs/2026-11/c.log', 'second');
    clock.advance(1000);
    expect([one.seen, other.seen]).toEqual([5, 11]);
    logs.unfollowAll(other);
    append('/logs/2026-11/c.log', 'third');
    clock.advance(1000);
    expect(other.seen).toBe(11);
  });
});

it('a line that is not complete is read with the log, and its changes are followed', () => {
  const { ledger, live, clock, logs } = fixture();
  ledger.start(anExecution({ executionId: 'b', slot: null, logPath: '/logs/2026-11/b.log' }));
  let grown = 0;
  const window = {};
  logs.follow('b', () => (grown += 1), window);
  expect([grown, logs.read('b', 0).live]).toEqual([1, '']);
  live.show('b', '2026-11-23T12:00:00.000Z out 10%');
  clock.advance(250);
  expect([grown, logs.read('b', 0).live]).toEqual([2, '2026-11-23T12:00:00.000Z out 10%']);
  expect(logs.readEnd('b').live).toContain('10%');
  clock.advance(250);
  expect(grown).toBe(2);
  live.show('b', '');
  clock.advance(250);
  expect([grown, logs.read('b', 0).live]).toEqual([3, '']);
  logs.unfollow('b', window);
});
