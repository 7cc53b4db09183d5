import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import type { TaskDraftInput } from '../../contract/task.ts';
import { memoryApplication, quietListener, type MemoryApplication } from '../../testing/memory-application.ts';

const minute = 60_000;
let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

async function create(name: string, draft: Partial<TaskDraftInput> = {}): Promise<string> {
  const tasks = await application.tasks();
  const base = { name, schedule: '* * * * *', tool: 'shell:run', parameters: { command: 'true' }, timezone: 'UTC' };
  return (await tasks.create({ ...base, ...draft }, 'test')).task.id;
}
async function fire(timingId = 'every-min', slot?: string): Promise<Execution[]> {
  return (await (await application.runs()).fire(timingId, slot)).executions;
}
const limit = (executions: number) => application.settings.update({ concurrencyLimit: executions });
const fates = (taskId: string): string[] =>
  application.ledger.slots(taskId, '2026-01-01T00:00:00.000Z').map(({ state, reason }) => reason ?? state);
/** Lets pending promises continue while the fake clock waits for its timers. */
async function ticking<T>(work: Promise<T>): Promise<T> {
  const ticks = setInterval(() => application.clock.advance(1000), 1);
  return work.finally(() => clearInterval(ticks));
}

describe('a fire', () => {
  it('runs every due task of the group once, even if it is fired again', async () => {
    await create('One');
    await create('Two');
    application.clock.advance(minute);
    expect((await fire()).map(({ taskName }) => taskName).sort()).toEqual(['One', 'Two']);
    expect(await fire()).toEqual([]);
    expect(application.ledger.list({ limit: 50, offset: 0 }).total).toBe(2);
  });

  it('runs nothing before the first slot after the task was created', async () => {
    await create('Young');
    expect(await fire()).toEqual([]);
  });

  it('skips paused tasks and says so', async () => {
    const id = await create('Paused');
    await create('Other');
    await (await application.tasks()).pause(id, { note: 'on holiday' }, 'test');
    application.clock.advance(minute);
    expect((await fire()).map(({ taskName }) => taskName)).toEqual(['Other']);
    expect(application.ledger.slots(id, '2026-01-01T00:00:00.000Z')).toMatchObject([
      { reason: 'paused', detail: 'on holiday' },
    ]);
  });

  it('runs as many at once as the settings allow, even if they change meanwhile', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) await create(name, { parameters: { command: 'sleep' } });
    const running = (): Execution[] => application.ledger.running().map(({ execution }) => execution);
    await application.lead({ listener: quietListener, show: () => undefined });
    limit(2);
    application.clock.advance(minute);
    const fired = fire();
    await expect.poll(() => running().length).toBe(2);
    limit(4);
    await expect.poll(() => running().length).toBe(4);
    limit(1);
    const runs = await application.runs();
    const ended = async (): Promise<Execution[]> => {
      while (running().length > 0) for (const { executionId } of running()) await runs.cancel(executionId);
      return fired;
    };
    expect(await ticking(ended())).toHaveLength(5);
  });

  it('fires exactly the given slot, once', async () => {
    const id = await create('Told', { schedule: '0 9 * * *' });
    const slot = '2026-12-01T09:00:00.000Z';
    expect(await fire('daily-9am', slot)).toMatchObject([{ taskId: id, slot, trigger: 'schedule' }]);
    expect(await fire('daily-9am', slot)).toEqual([]);
  });

  it('refuses an instant that is not a slot of the group', async () => {
    await create('Told', { schedule: '0 9 * * *' });
    await expect(fire('daily-9am', '2026-12-01T09:01:00.000Z')).rejects.toMatchObject({ code: 'timing/not-a-slot' });
  });

  it('does not hide later slots behind a future slot', async () => {
    const id = await create('Ahead');
    await fire('every-min', '2026-11-24T12:00:00.000Z');
    application.clock.advance(minute);
    expect(await fire()).toHaveLength(1);
    expect(fates(id)).toEqual(['claimed', 'claimed']);
  });
});

describe('missed slots', () => {
  it.each([
    ['skip', 3, ['missed', 'missed', 'claimed']],
    ['once', 3, ['superseded', 'superseded', 'claimed']],
    ['all', 3, ['claimed', 'claimed', 'claimed']],
  ] as const)('under catch-up %s', async (catchUp, minutes, expected) => {
    const id = await create('Asleep', { policies: { catchUp } });
    application.clock.set(application.clock.now() + minutes * minute);
    await fire();
    expect(fates(id)).toEqual(expected);
  });

  it('are each accounted for after a long sleep', async () => {
    const id = await create('Asleep');
    application.clock.set(application.clock.now() + 500 * minute);
    await fire();
    expect(fates(id)).toHaveLength(500);
    expect(fates(id).filter((fate) => fate === 'missed')).toHaveLength(499);
  });

  it('do not run again after the clock was set back', async () => {
    await create('Steady');
    application.clock.advance(5 * minute);
    await fire();
    application.clock.set(application.clock.now() - 3 * minute);
    expect(await fire()).toEqual([]);
  });

  it('make a one-shot an error that says what to do', async () => {
    const id = await create('Once', { schedule: '2026-11-23T12:30:00Z', policies: { catchUp: 'skip' } });
    application.clock.set('2026-11-23T14:00:00.000Z');
    const { timingId } = (await (await application.tasks()).get(id)).task;
    expect(await fire(timingId)).toEqual([]);
    expect((await (await application.tasks()).get(id)).task).toMatchObject({ status: 'error' });
    expect([...application.os.installed.keys()]).toEqual([]);
  });
});

describe('a task after its slots', () => {
  it('is completed after its one successful slot, and its OS entry is removed', async () => {
    const id = await create('Once', { fireOnce: true });
    application.clock.advance(minute);
    await fire();
    expect((await (await application.tasks()).get(id)).task.status).toBe('completed');
    expect([...application.os.installed.keys()]).toEqual([]);
  });

  it('counts successful slots only, not failures', async () => {
    const id = await create('Twice', { maxExecutions: 2, parameters: { command: 'false' } });
    for (let slot = 0; slot < 3; slot += 1) {
      application.clock.advance(minute);
      await fire();
    }
    expect((await (await application.tasks()).get(id)).task.status).toBe('active');
  });

  it('is paused with a note after repeated failures', async () => {
    const id = await create('Broken', { parameters: { command: 'false' }, policies: { pauseAfterFailures: 2 } });
    for (let slot = 0; slot < 2; slot += 1) {
      application.clock.advance(minute);
      await fire();
    }
    const { task } = await (await application.tasks()).get(id);
    expect(task).toMatchObject({ status: 'paused' });
    expect(task.pauseNote).toContain('2 failures in a row');
  });
});

describe('retries', () => {
  it('are executions of the same slot with the next attempt', async () => {
    await create('Flaky', { parameters: { command: 'false' }, policies: { retries: { count: 2, delayMs: 1000 } } });
    application.clock.advance(minute);
    const executions = await ticking(fire());
    expect(executions.map(({ attempt, trigger }) => [attempt, trigger])).toEqual([
      [1, 'schedule'],
      [2, 'retry'],
      [3, 'retry'],
    ]);
    expect(new Set(executions.map(({ slot }) => slot)).size).toBe(1);
  });
});

it('a retry waits as long as the server asked, but not longer than the longest delay of the policy', async () => {
  const request = { tool: 'http:request', parameters: { url: 'https://example.org/busy' } };
  await create('Patient', { ...request, policies: { retries: { count: 1, delayMs: 1000 } } });
  await create('Hurried', { ...request, policies: { retries: { count: 1, delayMs: 1000, maxDelayMs: 20_000 } } });
  application.clock.advance(minute);
  const executions = await ticking(fire());
  const startOf = (name: string, attempt: number): number =>
    Date.parse(executions.find((run) => run.taskName === name && run.attempt === attempt)?.startedAt ?? '');
  const waits = ['Patient', 'Hurried'].map((name) => (startOf(name, 2) - startOf(name, 1)) / 1000);
  expect(waits[0]).toBeGreaterThanOrEqual(60);
  expect(waits[1]).toBeGreaterThanOrEqual(20);
  expect(waits[1]).toBeLessThan(60);
});

describe('jitter', () => {
  it('delays a slot and loses none, even if the group is fired again meanwhile', async () => {
    const id = await create('Spread', { policies: { jitterMs: 150_000, overlap: 'allow-all' } });
    const fires: Promise<Execution[]>[] = [];
    for (let passed = 0; passed < 8; passed += 1) {
      application.clock.advance(minute);
      fires.push(fire());
      await new Promise((resolve) => setImmediate(resolve));
    }
    const executions = (await ticking(Promise.all(fires))).flat();
    const slots = executions.map(({ slot }) => slot).sort();
    expect(new Set(slots).size).toBe(slots.length);
    expect(fates(id)).toEqual(Array.from({ length: 8 }, () => 'claimed'));
  });

  it('settles every slot even if a later one was claimed before a crash', async () => {
    const id = await create('Spread', { policies: { jitterMs: 60_000, overlap: 'allow-all' } });
    application.clock.set(application.clock.now() + 20 * minute);
    await ticking(fire('every-min', '2026-11-23T12:15:00.000Z'));
    await ticking(fire());
    expect(fates(id)).toHaveLength(20);
  });
});

describe('overlap', () => {
  const withPolicy = (overlap: 'skip' | 'allow-all' | 'buffer-one' | 'cancel-other') =>
    create('Long', { parameters: { command: 'sleep' }, policies: { overlap } });
  const running = () => application.ledger.running().map(({ execution }) => execution.executionId);

  it('skips the slot by default, with the reason', async () => {
    const id = await withPolicy('skip');
    application.clock.advance(minute);
    const first = fire();
    await expect.poll(() => running().length).toBe(1);
    application.clock.advance(minute);
    expect(await fire()).toEqual([]);
    expect(fates(id)).toEqual(['claimed', 'overlap']);
    await ticking((await application.runs()).cancel(running()[0] ?? ''));
    await first;
  });

  it('runs side by side when all are allowed', async () => {
    await withPolicy('allow-all');
    application.clock.advance(minute);
    const first = fire();
    await expect.poll(() => running().length).toBe(1);
    application.clock.advance(minute);
    const second = fire();
    await expect.poll(() => running().length).toBe(2);
    for (const id of running()) await ticking((await application.runs()).cancel(id));
    await Promise.all([first, second]);
  });

  it('stops the earlier run if the later one cancels it', async () => {
    await withPolicy('cancel-other');
    application.clock.advance(minute);
    const first = fire();
    await expect.poll(() => running().length).toBe(1);
    const [earlier] = running();
    application.clock.advance(minute);
    const second = ticking(fire());
    await expect.poll(() => running().find((id) => id !== earlier)).toBeDefined();
    expect((await first)[0]).toMatchObject({ executionId: earlier, status: 'cancelled' });
    await ticking((await application.runs()).cancel(running()[0] ?? ''));
    await second;
  });
});

describe('chains', () => {
  it('run the next task after the outcome it waits for', async () => {
    const first = await create('First');
    await create('On success', { schedule: '0 0 1 1 *', policies: { after: [{ taskId: first, on: 'success' }] } });
    await create('On failure', { schedule: '0 0 1 1 *', policies: { after: [{ taskId: first, on: 'failure' }] } });
    application.clock.advance(minute);
    expect((await fire()).map(({ taskName, trigger }) => [taskName, trigger])).toEqual([
      ['First', 'schedule'],
      ['On success', 'chain'],
    ]);
  });

  it('know the run that they follow, in each attempt', async () => {
    const first = await create('First', { parameters: { command: 'false' } });
    const policies = { after: [{ taskId: first, on: 'failure' as const }], retries: { count: 1, delayMs: 1000 } };
    await create('Handler', { schedule: '0 0 1 1 *', parameters: { command: 'false' }, policies });
    await create('Last', { schedule: '0 0 1 1 *', policies: { after: [{ taskId: first, on: 'success' }] } });
    application.clock.advance(minute);
    const [failed, ...handlers] = await ticking(fire());
    expect(handlers.map(({ trigger, attempt }) => [trigger, attempt])).toEqual([
      ['chain', 1],
      ['retry', 2],
    ]);
    const cause = { executionId: failed?.executionId, taskId: first, taskName: 'First' };
    for (const handler of handlers) expect(handler.cause).toEqual(cause);
    expect(failed?.cause).toBeUndefined();
    const led = application.ledger.list({ causeId: failed?.executionId, limit: 10, offset: 0 });
    expect(led.executions.map(({ taskName }) => taskName)).toEqual(['Handler', 'Handler']);
    const { executionId = '', parameters = {} } = handlers[0] ?? {};
    expect((await (await application.runs()).rerun(executionId, parameters)).cause).toEqual(cause);
  });

  it('refuse values of another run where they cannot get any', async () => {
    const first = await create('First');
    const tool = 'http:request';
    const policies = { after: [{ taskId: first, on: 'success' as const }] };
    const parameters = { url: { $from: '/result/headers/location' }, headers: { 'X-Status': { $from: '/status' } } };
    await create('Next', { tool, parameters, policies });
    await expect(create('Alone', { tool, parameters })).rejects.toThrow(/parameters\.url: .* runs after no other task/);
    await expect(
      create('Shell', { parameters: { command: 'true', env: { $from: '/status' } }, policies }),
    ).rejects.toThrow(/NCP_AFTER_RESULT_FILE/);
    const bad = { url: { $from: '/output/url' } };
    await expect(create('Bad', { tool, parameters: bad, policies })).rejects.toThrow(/must begin with one of \/result/);
    await expect(create('Method', { tool, parameters: { ...parameters, method: 1 }, policies })).rejects.toThrow(
      /method/,
    );
  });

  it('do not run after a test run', async () => {
    const first = await create('First');
    await create('Next', { schedule: '0 0 1 1 *', policies: { after: [{ taskId: first, on: 'end' }] } });
    const runs = await application.runs();
    await runs.trigger(first, { trigger: 'test' });
    const started = () => application.ledger.list({ limit: 10, offset: 0 }).executions.map(({ trigger }) => trigger);
    expect(started()).toEqual(['test']);
    await runs.trigger(first, { trigger: 'manual' });
    expect(started().sort()).toEqual(['chain', 'manual', 'test']);
  });

  it('refuse a circle when it is saved', async () => {
    const first = await create('First');
    const second = await create('Second', { policies: { after: [{ taskId: first, on: 'end' }] } });
    const change = { policies: { after: [{ taskId: second, on: 'end' }] } };
    const update = (await application.tasks()).update(first, change, 'test');
    await expect(update).rejects.toMatchObject({ code: 'task/invalid' });
  });
});
