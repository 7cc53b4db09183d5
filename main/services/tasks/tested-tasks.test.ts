import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCore } from '../../application/core.ts';
import type { Execution } from '../../contract/execution.ts';
import { minuteMs } from '../../domain/durations.ts';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryOutside, type MemoryOutside } from '../../testing/memory-outside.ts';
import type { TaskManager } from './task-manager.ts';
import { TestedTasks } from './tested-tasks.ts';

let outside: MemoryOutside;
let tasks: TaskManager;
let testRuns: number;
beforeEach(() => {
  outside = memoryOutside('2026-11-23T12:00:00.000Z');
  tasks = createCore(outside, new AbortController().signal).tasks;
  testRuns = 0;
});
afterEach(() => outside.dispose());

const draft = {
  name: 'Backup',
  schedule: 'in 10 minutes',
  timezone: 'UTC',
  tool: 'shell:run',
  parameters: { command: 'true' },
};

/** @param minutes how long the test run takes */
function tested(minutes = 0, outcome: Partial<Execution> = {}): TestedTasks {
  const testDraft = (): Promise<Execution> => {
    testRuns += 1;
    outside.clock.advance(minutes * minuteMs);
    return Promise.resolve({ ...anExecution({ trigger: 'test' }), ...anOutcome(), duration: 0, ...outcome });
  };
  return new TestedTasks({ tasks, testDraft });
}

describe('a date relative to now', () => {
  it('counts from when it was written, however long the test run takes', async () => {
    const { task } = await tested(3).create(draft, 'cli', {});
    expect(task.runAt).toBe('2026-11-23T12:10:00.000Z');
    const later = await tested(3).update(task, { schedule: 'in 20 minutes' }, 'cli', {});
    expect(later.task.runAt).toBe('2026-11-23T12:23:00.000Z');
  });

  it('that passed during the test run is refused, and nothing is created', async () => {
    await expect(tested(11).create(draft, 'cli', {})).rejects.toMatchObject({ code: 'schedule/in-the-past' });
    expect(tasks.list()).toEqual([]);
  });
});

it('creates nothing after a failed test run, and says why', async () => {
  await expect(tested(0, { status: 'timeout' }).create(draft, 'cli', {})).rejects.toMatchObject({
    code: 'execution/test-run-failed',
    message: 'The test run of "Backup" did not succeed, so the task was not created: it ended with timeout',
  });
  expect(tasks.list()).toEqual([]);
});

describe('before anything runs, refuses', () => {
  afterEach(() => expect(testRuns).toBe(0));

  it('a new task in a store that cannot be written', async () => {
    outside.store.setState({ state: 'read-only', message: 'The disk is full.' });
    await expect(tested().create(draft, 'cli', {})).rejects.toMatchObject({ code: 'store/read-only' });
  });

  it('a new task after one that does not exist', async () => {
    const chained = { ...draft, policies: { after: [{ taskId: 'nobody', on: 'success' as const }] } };
    await expect(tested().create(chained, 'cli', {})).rejects.toMatchObject({ code: 'task/invalid' });
  });

  it('a change of a task with a schedule that is not understood', async () => {
    const { task } = await tasks.create(draft, 'cli');
    const change = { schedule: 'every blue moon' };
    await expect(tested().update(task, change, 'cli', {})).rejects.toMatchObject({ code: 'schedule/not-understood' });
  });
});
