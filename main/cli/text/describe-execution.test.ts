import { expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import { describeExecution } from './describe-execution.ts';
import { TextView } from './view.ts';

const run: Execution = {
  ...{ logBytes: 0, peakMemoryBytes: null, cpuMs: null },
  ...{ executionId: 'e1', taskId: 't1', taskName: 'Watch', timingId: 'daily', tool: 'shell:run', parameters: {} },
  ...{ trigger: 'manual', slot: null, attempt: 1, status: 'success', signal: null, error: null, result: null },
  ...{ exitCode: null, startedAt: '2026-11-23T12:00:00.000Z', completedAt: null, duration: null, logPath: null },
};
const view = new TextView({ isTerminal: false, env: {}, timezone: 'UTC', now: () => 0 }, '24h');
const described = (change: Partial<Execution>): string[] => describeExecution({ ...run, ...change }, view).split('\n');

it('shows what a watching task saw as lines, with their number', () => {
  const diff = '--- previous\n+++ current\n@@ -1,2 +1,1 @@\n one\n-two\u001b[2J\n--- three\n+++ four\n';
  const lines = described({ result: { change: { diff, added: 1, removed: 2 } } });
  expect(lines.slice(lines.findIndex((line) => line.startsWith('Change')))).toEqual([
    'Change   1 line added, 2 lines removed',
    '          one',
    '         -two\\u001b[2J',
    '         --- three',
    '         +++ four',
  ]);
});

it('shows the lines of an error beneath each other', () => {
  const error = { code: 'mcp/exited', message: 'It exited:\nno key' };
  const lines = described({ status: 'failure', error });
  expect(lines.slice(-2)).toEqual(['Error    It exited:', '         no key (mcp/exited)']);
});
