import { beforeEach, describe, expect, it } from 'vitest';
import { SchedulerError } from '../../domain/errors.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { Publishing, publishingProblem } from './publishing.ts';

let clock: FakeClock;
let written: string[];
let refusal: string | null;
let path: string | undefined;
let content: () => Promise<string>;
let publishing: Publishing;
let warnings: string[];
const ledger = memoryLedger();

beforeEach(() => {
  clock = fakeClock('2026-11-23T12:00:00.000Z');
  [written, warnings, refusal, path] = [[], [], null, '/srv/ncp.prom'];
  content = async () => clock.nowIso();
  publishing = new Publishing({
    settings: { read: () => ({ metricsFile: path }) },
    files: {
      write: (file) => {
        if (refusal !== null) throw new SchedulerError('usage/unwritable-file', refusal);
        written.push(`${file.path} ${file.content}`);
      },
    },
    publications: [{ setting: 'metricsFile', mark: '#', readers: 'everyone', content: () => content() }],
    ...{ ledger, clock },
    logger: { info: () => undefined, error: () => undefined, warn: (message) => void warnings.push(message) },
  });
});
const pass = async (ms: number): Promise<void> => {
  clock.advance(ms);
  // Resolves after the write that a timer began.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('files for other programs', () => {
  it('are written at the start, once for many changes, and after ten minutes without any', async () => {
    publishing.start();
    await pass(0);
    expect(written).toEqual(['/srv/ncp.prom 2026-11-23T12:00:00.000Z']);
    for (let change = 0; change < 5; change += 1) publishing.changed();
    await pass(999);
    expect(written).toHaveLength(1);
    await pass(1);
    expect(written).toHaveLength(2);
    await pass(10 * 60_000);
    expect(written).toHaveLength(3);
    await publishing.stop();
    expect(clock.pending()).toEqual([]);
  });

  it('are written for the last change before the end, and not after it', async () => {
    publishing.changed();
    await publishing.stop();
    expect(written).toHaveLength(1);
    publishing.changed();
    await pass(60 * 60_000);
    expect(written).toHaveLength(1);
  });

  it('are not computed without the setting', async () => {
    path = undefined;
    content = () => Promise.reject(new Error('computed'));
    await publishing.write();
    expect(publishingProblem(ledger, 'metricsFile')).toBeNull();
  });

  it('that cannot be written cause one warning, until they can be', async () => {
    refusal = 'Cannot write /srv/ncp.prom: no space.';
    await publishing.write();
    await publishing.write();
    expect(warnings).toEqual([
      'The file of the setting metricsFile is not up to date: Cannot write /srv/ncp.prom: no space.',
    ]);
    expect(publishingProblem(ledger, 'metricsFile')).toBe(refusal);
    refusal = null;
    await publishing.write();
    expect(publishingProblem(ledger, 'metricsFile')).toBeNull();
  });

  it('are known to be out of date if their content cannot be computed', async () => {
    content = () => Promise.reject(new SchedulerError('store/unreadable', 'schedule.json is invalid.'));
    await publishing.write();
    expect(publishingProblem(ledger, 'metricsFile')).toBe('schedule.json is invalid.');
  });
});
