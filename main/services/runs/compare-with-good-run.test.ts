import { expect, test } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { aDoubt, anExecution, anOutcome, slotAt } from '../../testing/ledger-samples.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { memoryLogs } from '../../testing/memory-window/memory-logs.ts';
import { LiveLines } from './live-lines.ts';
import { RunLogs } from './run-logs.ts';

function fixture() {
  const ledger = memoryLedger();
  const { files, removal, append } = memoryLogs();
  const run = (id: string, minute: number, status: 'success' | 'failure', texts: readonly string[], change = {}) => {
    const logPath = `/logs/${id}.log`;
    ledger.start(anExecution({ executionId: id, slot: null, startedAt: slotAt(minute), logPath }));
    append(logPath, texts.map((text) => `${slotAt(minute)} out ${text}\n`).join(''));
    ledger.finish(id, anOutcome({ status, completedAt: slotAt(minute), ...change }));
  };
  return {
    run,
    files,
    removal,
    logs: new RunLogs({
      ledger,
      files,
      clock: fakeClock(slotAt(60)),
      live: new LiveLines(),
      settle: () => Promise.resolve(),
    }),
  };
}

test('tells what is new since the last good run before it', () => {
  const { run, logs } = fixture();
  run('old', 1, 'success', ['start', 'other']);
  run('good', 2, 'success', ['start', 'copied 3 files in 1.2s']);
  run('failed', 3, 'failure', ['start', 'broken']);
  run('now', 4, 'failure', ['start', 'copied 3 files in 9s', 'No space left on device']);
  run('later', 5, 'success', ['start', 'No space left on device']);
  expect(logs.compare('now')).toMatchObject({
    good: { executionId: 'good', startedAt: slotAt(2) },
    ...{ added: 1, missing: 0, endOnly: false },
  });
  expect(logs.compare('now').lines).toContainEqual({
    ...{ kind: 'new', number: 3, stream: 'out', text: 'No space left on device' },
  });
});

test('passes over doubtful runs and runs whose log is gone', () => {
  const { run, removal, logs } = fixture();
  run('good', 1, 'success', ['start']);
  run('doubtful', 2, 'success', ['start', 'ERROR: disk full'], { doubt: aDoubt });
  run('gone', 3, 'success', ['start']);
  run('now', 4, 'failure', ['start', 'ERROR: disk full']);
  removal.remove(['/logs/gone.log']);
  expect(logs.compare('now')).toMatchObject({ good: { executionId: 'good' }, added: 1 });
});

test('says that there is no good run', () => {
  const { run, logs } = fixture();
  run('now', 4, 'failure', ['start']);
  expect(logs.compare('now')).toEqual({ good: null, lines: [], added: 0, missing: 0, endOnly: false });
});

test('compares the ends of long logs, with the numbers of the lines in the whole log', () => {
  const { run, logs } = fixture();
  const long = Array.from({ length: 120_000 }, (_, index) => `step ${index} of the long job`);
  run('good', 1, 'success', long);
  run('now', 2, 'failure', [...long, 'No space left on device']);
  const compared = logs.compare('now');
  expect(compared.endOnly).toBe(true);
  expect(compared.lines.filter(({ kind }) => kind === 'new')).toEqual([
    { kind: 'new', number: 120_001, stream: 'out', text: 'No space left on device' },
  ]);
});

test('the end of a long log begins with a whole line', () => {
  const { run, files, logs } = fixture();
  run(
    'now',
    1,
    'success',
    Array.from({ length: 20_000 }, (_, index) => `schön ${index}`),
  );
  const { offset, text, nextOffset, size, complete } = logs.readEnd('now');
  expect(text).toMatch(/^\S+Z out schön \d+\n/);
  expect(Buffer.from(text)).toEqual(files.whole('/logs/now.log')?.subarray(offset));
  expect({ nextOffset, complete }).toEqual({ nextOffset: size, complete: true });
});

test('the end of a short log is the whole log', () => {
  const { run, logs } = fixture();
  run('now', 1, 'success', ['one']);
  expect(logs.readEnd('now')).toMatchObject({ offset: 0, text: `${slotAt(1)} out one\n`, complete: true });
});
