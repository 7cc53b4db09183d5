import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryLogs } from '../../testing/memory-window/memory-logs.ts';
import { RunLogs } from './run-logs.ts';

function fixture() {
  const ledger = memoryLedger();
  const { files, append } = memoryLogs();
  ledger.start(anExecution({ executionId: 'a', slot: null, logPath: '/logs/2026-11/a.log' }));
  ledger.finish('a', anOutcome({}));
  return { append, logs: new RunLogs({ ledger, files, clock: fakeClock('2026-11-23T12:00:00.000Z') }) };
}

describe('a file of the result of a run', () => {
  it('is shown if it is a picture', () => {
    const { append, logs } = fixture();
    append('/logs/2026-11/a.files/1.png', 'picture');
    append('/logs/2026-11/a.files/2.svg', '<svg/>');
    expect(logs.picture('a', '1.png')).toBe(`data:image/png;base64,${Buffer.from('picture').toString('base64')}`);
    expect(logs.picture('a', '2.svg')).toBeNull();
  });

  it('is not shown if it is gone or too large', () => {
    const { append, logs } = fixture();
    append('/logs/2026-11/a.files/1.png', 'a'.repeat(20 * 1024 * 1024 + 1));
    expect(logs.picture('a', '1.png')).toBeNull();
    expect(logs.picture('a', '2.png')).toBeNull();
  });

  it('is opened itself if no program executes it, and otherwise in its folder', () => {
    const { logs } = fixture();
    expect(logs.resultFileToOpen('a', '1.pdf')).toBe('/logs/2026-11/a.files/1.pdf');
    expect(logs.resultFileToOpen('a', '2.svg')).toBe('/logs/2026-11/a.files');
    expect(logs.resultFileToOpen('a', '3.bin')).toBe('/logs/2026-11/a.files');
  });

  it('belongs to a run that exists', () => {
    const { logs } = fixture();
    expect(() => logs.picture('b', '1.png')).toThrow(expect.objectContaining({ code: 'execution/not-found' }));
  });
});
