import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../testing/memory-application.ts';
import { PrimaryScheduler } from './primary-scheduler.ts';
import type { TaskManager } from './task-manager.ts';
import type { TimingExecutor } from './timing-executor.ts';

const minute = 60_000;
let application: MemoryApplication;
let scheduler: PrimaryScheduler;
const problems: string[] = [];
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
  const { store, clock } = application;
  const report = (message: string) => void problems.push(message);
  scheduler = new PrimaryScheduler({
    store,
    clock,
    executor: (await application.runs()) as TimingExecutor,
    tasks: (await application.tasks()) as TaskManager,
    logger: { info: report, warn: report, error: report },
  });
});
afterEach(() => {
  scheduler.stop();
  application.dispose();
  expect(problems.splice(0)).toEqual([]);
});

const create = async (schedule: string) =>
  (
    await (
      await application.tasks()
    ).create({ name: 'Tick', schedule, timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } }, 'test')
  ).task.id;
const slotsRun = (): string[] =>
  application.ledger
    .list({ limit: 50, offset: 0 })
    .executions.filter(({ status }) => status === 'success')
    .flatMap(({ slot }) => slot ?? [])
    .sort();

describe('the running app', () => {
  it('fires at the slot, to the minute', async () => {
    await create('* * * * *');
    scheduler.start();
    application.clock.advance(50_000);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z']);
    application.clock.advance(minute);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z', '2026-11-23T12:02:00.000Z']);
  });

  it('never sleeps longer than half a minute, so that a machine that slept is noticed', async () => {
    await create('0 9 * * *');
    scheduler.start();
    expect(application.clock.pending()).toEqual([application.clock.now() + 30_000]);
  });

  it('takes up a task that is made while it runs', async () => {
    scheduler.start();
    await create('* * * * *');
    application.clock.advance(50_000);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z']);
  });

  it('catches up what passed while nothing ran, by the task policies', async () => {
    const id = await create('* * * * *');
    await (await application.tasks()).update(id, { policies: { catchUp: 'once' } }, 'test');
    application.clock.set('2026-11-23T13:00:10.000Z');
    scheduler.start();
    await expect.poll(slotsRun).toEqual(['2026-11-23T13:00:00.000Z']);
  });

  it('lifts a pause at its end', async () => {
    const id = await create('* * * * *');
    await (await application.tasks()).pause(id, { until: '2026-11-23T12:02:30.000Z' }, 'test');
    scheduler.start();
    for (let step = 0; step < 10; step += 1) {
      application.clock.advance(20_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:03:00.000Z']);
  });

  it('stops when it is told', async () => {
    await create('* * * * *');
    scheduler.start();
    scheduler.stop();
    expect(application.clock.pending()).toEqual([]);
  });
});
