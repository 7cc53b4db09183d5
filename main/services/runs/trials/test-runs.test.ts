import { describe, expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { testDraftSchema } from '../../../contract/test-run.ts';
import { policyDefaults } from '../../../contract/policy-defaults.ts';
import { resolvePolicies } from '../../../domain/policy/resolved-policies.ts';
import { fakeClock } from '../../../testing/fake-clock.ts';
import { memoryStore } from '../../../testing/memory-store.ts';
import { aTask, aTiming } from '../../../testing/schedule-samples.ts';
import { sampleExecution } from '../../../../renderer/testing/samples.ts';
import type { Attempt } from '../attempts/attempt.ts';
import { TestRuns } from './test-runs.ts';

const stored = aTask({
  id: 't1',
  name: 'Stored',
  timingId: 'g1',
  parameters: { command: 'old' },
  env: { OLD: '1' },
  workingDirectory: '/old',
});

function fixture() {
  const store = memoryStore();
  store.update((file) => {
    file.timings['g1'] = aTiming({ id: 'g1', taskIds: ['t1'] });
    file.tasks['t1'] = structuredClone(stored);
  });
  const started: Attempt[] = [];
  const runs = new TestRuns({
    store,
    ledger: { get: (executionId) => (executionId === 'before' ? sampleExecution({ executionId }) : null) },
    clock: fakeClock('2026-11-25T12:00:00.000Z'),
    planner: { policies: (task: Task) => resolvePolicies(task.policies, undefined, policyDefaults) },
    checks: {
      secretWarnings: () => Promise.resolve([]),
      calendarProblems: () => [],
      serverProblems: () => [],
      workingDirectoryProblem: (path) => (path === '/gone' ? '/gone does not exist.' : null),
      toolProblems: (tool) => (tool === 'no:tool' ? ['There is no tool "no:tool".'] : []),
    },
    attempts: {
      start: (attempt) => {
        started.push(attempt);
        return Promise.resolve({ executionId: 'e1', finished: Promise.resolve(sampleExecution()) });
      },
      read: (executionId) => sampleExecution({ executionId, taskId: 't1', parameters: { command: 'then' } }),
    },
    approved: { confirmation: () => () => undefined },
    machineTimezone: () => 'UTC',
    newId: () => 'new',
  });
  const test = (draft: object) => runs.begin(testDraftSchema.parse({ tool: 'shell:run', ...draft }));
  return { runs, test, started, store };
}

describe('a test run of a draft', () => {
  test('runs what was typed, with trigger test and no slot', async () => {
    const { test, started } = fixture();
    await test({ name: 'Typed', parameters: { command: 'new' }, env: { A: 'b' }, policies: { timeoutMs: 5000 } });
    expect(started).toMatchObject([
      {
        trigger: 'test',
        slot: null,
        attempt: 1,
        policies: { timeoutMs: 5000 },
        task: { id: 'draft-new', name: 'Typed', parameters: { command: 'new' }, env: { A: 'b' } },
      },
    ]);
  });

  test('needs no name and no schedule', async () => {
    const { test, started } = fixture();
    await test({ parameters: { command: 'new' } });
    expect(started[0]?.task.name).toBe('Test run');
  });

  test('of a stored task is listed among its runs, without fields that were cleared', async () => {
    const { test, started, store } = fixture();
    await test({ taskId: 't1', name: 'Renamed', parameters: { command: 'new' } });
    expect(started[0]?.task).toMatchObject({ id: 't1', name: 'Renamed', timingId: 'g1' });
    expect(started[0]?.task.env).toBeUndefined();
    expect(started[0]?.task.workingDirectory).toBeUndefined();
    expect(store.read().tasks['t1']).toEqual(stored);
  });

  test('is refused if saving would be refused', async () => {
    const { test, started } = fixture();
    await expect(test({ workingDirectory: '/gone' })).rejects.toMatchObject({ code: 'task/invalid' });
    await expect(test({ tool: 'no:tool' })).rejects.toMatchObject({ code: 'task/invalid' });
    await expect(test({ taskId: 'gone' })).rejects.toMatchObject({ code: 'task/not-found' });
    expect(started).toEqual([]);
  });
});

describe('a repeated run with other input', () => {
  test('runs the task with that input, and does not change the task', async () => {
    const { runs, started, store } = fixture();
    await runs.rerun('e0', { command: 'other' });
    expect(started).toMatchObject([{ trigger: 'manual', task: { id: 't1', parameters: { command: 'other' } } }]);
    expect(store.read().tasks['t1']?.parameters).toEqual({ command: 'old' });
  });

  test('uses what the task has now if no input is given', async () => {
    const { runs, started } = fixture();
    await runs.rerun('e0');
    expect(started).toMatchObject([{ trigger: 'manual', task: { id: 't1', parameters: { command: 'old' } } }]);
  });
});
