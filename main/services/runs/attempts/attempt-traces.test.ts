import { expect, it } from 'vitest';
import type { Execution } from '../../../contract/execution.ts';
import { policyDefaults } from '../../../contract/policy-defaults.ts';
import { resolvePolicies } from '../../../domain/policy/resolved-policies.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { memoryTraces, noTraces } from '../../../testing/memory-traces.ts';
import { aTask } from '../../../testing/schedule-samples.ts';
import type { Attempt } from './attempt.ts';
import { AttemptTraces } from './attempt-traces.ts';

const defaults = { ...policyDefaults, timeoutMs: 1000, doubt: 'mark' } as const;
const task = aTask({ policies: { retries: { count: 2 } } });
const attemptOf = (attempt: number, first?: string): Attempt => ({
  ...{ task, trigger: 'schedule', slot: '2026-11-23T09:00:00.000Z', attempt, first },
  policies: resolvePolicies(task.policies, undefined, defaults),
});
const failure = { status: 'failure', exitCode: 3, error: { code: 'shell/exit-code', message: 'disk full' } } as const;

/** Returns the record of an attempt that took a second, a minute after the one before. */
function ended(executionId: string, attempt: number, outcome: Partial<Execution> = {}): Execution {
  const at = (second: number) => `2026-11-23T09:0${attempt}:0${second}.000Z`;
  const run = anExecution({ executionId, taskId: task.id, taskName: 'Backup', attempt, startedAt: at(0) });
  return { ...run, ...anOutcome({ completedAt: at(1) }), duration: 1000, ...outcome };
}

it('a run is one span, from its first attempt to its last, with a span for each attempt below it', () => {
  const traces = memoryTraces();
  const own = new AttemptTraces(traces);
  own.ended(attemptOf(1), ended('e1', 1, failure), {}, false);
  expect(traces.spans.map(({ name }) => name)).toEqual(['Attempt 1']);
  own.ended(attemptOf(2, 'e1'), ended('e2', 2), {}, false);
  const [first, second, run] = traces.spans;
  expect(run).toMatchObject({ name: 'Backup', parentSpanId: null, problem: null, attributes: { 'ncp.attempts': 2 } });
  expect(run).toMatchObject({ startMs: first?.startMs, endMs: second?.endMs });
  expect(first).toMatchObject({ problem: 'disk full', parentSpanId: run?.spanId });
  expect(first?.attributes).toMatchObject({ 'process.exit.code': 3, 'error.type': 'shell/exit-code' });
  expect(second).toMatchObject({ name: 'Attempt 2', problem: null, parentSpanId: run?.spanId });
  expect(new Set(traces.spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(new Set(traces.spans.map(({ spanId }) => spanId)).size).toBe(3);
});

it('TRACEPARENT names the span of the attempt, in the form of W3C Trace Context', () => {
  const traces = memoryTraces();
  const own = new AttemptTraces(traces);
  const { TRACEPARENT } = own.variables(attemptOf(1), anExecution({ executionId: 'e1' }), {});
  own.ended(attemptOf(1), ended('e1', 1), {}, false);
  const [attempt] = traces.spans;
  expect(TRACEPARENT).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(TRACEPARENT).toBe(`00-${attempt?.traceId}-${attempt?.spanId}-01`);
});

it('a run whose retry will not come, because the process ends, has its span', async () => {
  const traces = memoryTraces();
  const own = new AttemptTraces(traces);
  own.ended(attemptOf(1), ended('e1', 1, failure), {}, false);
  await own.stop();
  expect(traces.spans.map(({ name, problem }) => [name, problem])).toEqual([
    ['Attempt 1', 'disk full'],
    ['Backup', 'disk full'],
  ]);
});

it('nothing is exported, and the environment stays as it is, while traces are off', () => {
  const own = new AttemptTraces({ ...noTraces, export: () => expect.fail('exported') });
  expect(own.variables(attemptOf(1), anExecution(), {})).toEqual({});
  own.ended(attemptOf(1), ended('e1', 1), {}, true);
});
