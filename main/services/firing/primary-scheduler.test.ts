import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { TimingFacts } from '../schedule/timing-facts.ts';
import { PrimaryScheduler } from './primary-scheduler.ts';
import type { TaskManager } from '../tasks/task-manager.ts';
import { WarmWorkers } from './warm-workers.ts';

const minute = 60_000;
let application: MemoryApplication;
let scheduler: PrimaryScheduler;
const problems: string[] = [];
/** How many idle workers were requested, and when. */
let warmed: [at: string, count: number][];
let mostWarm: number;
/** How often runs whose process is gone were looked for. */
let recovered: number;
/** What the OS entries can read. */
let notes: string[];
/** Why a group cannot be fired, such as a disk that is full. */
let refusal: Error | null;
beforeEach(async () => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
  const { store, clock } = application;
  [warmed, mostWarm, recovered, notes, refusal] = [[], 4, 0, [], null];
  const report = (message: string) => void problems.push(message);
  const logger = { info: report, warn: report, error: report };
  const warm = (tools: readonly string[]) => void warmed.push([clock.nowIso().slice(11, 21), tools.length]);
  scheduler = new PrimaryScheduler({
    store,
    clock,
    executor: {
      fireTiming: async (timingId, options) => {
        if (refusal !== null) throw refusal;
        const fired = await (await application.runs()).fire(timingId);
        options?.onSettled?.();
        return fired;
      },
    },
    tasks: (await application.tasks()) as TaskManager,
    facts: new TimingFacts({ clock: () => '24h', machineTimezone: () => 'UTC' }),
    slotsOf: () => [],
    workers: new WarmWorkers({ warm, toolOf: ({ tool }) => tool, most: () => mostWarm, logger }),
    recovery: { run: () => ((recovered += 1), []) },
    checkAttention: () => undefined,
    firedGroups: {
      open: async () => void notes.push('open'),
      note: (timingId, atMs) => void notes.push(`${timingId} ${new Date(atMs).toISOString().slice(11, 19)}`),
      close: () => void notes.push('close'),
    },
    events: { noteStart: () => Promise.resolve(), noteNow: () => true },
    unfired: (events) => Promise.resolve(events),
    sleptMs: () => null,
    logger,
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
  it('looks for runs whose process is gone, twice a minute, also without a slot', async () => {
    await create('@yearly');
    scheduler.start();
    application.clock.advance(2 * minute);
    expect(recovered).toBe(4);
  });

  it('fires at the slot, to the minute', async () => {
    await create('* * * * *');
    scheduler.start();
    application.clock.advance(50_000);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z']);
    application.clock.advance(minute);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z', '2026-11-23T12:02:00.000Z']);
  });

  it('notes for the OS entries what it fired and when, until it stops', async () => {
    await create('* * * * *');
    scheduler.start();
    application.clock.advance(50_000);
    await expect.poll(slotsRun).toHaveLength(1);
    scheduler.stop();
    expect([notes[0], ...notes.slice(1, -1).sort(), notes.at(-1)]).toEqual([
      'open',
      'every-min 12:00:10',
      'every-min 12:01:00',
      'close',
    ]);
  });

  it('fires a group again that could not be fired, and says so once', async () => {
    await create('1 12 * * *');
    scheduler.start();
    refusal = new Error('the disk is full');
    application.clock.advance(50_000);
    await expect.poll(() => problems).toEqual([expect.stringMatching(/^Could not fire /)]);
    refusal = null;
    application.clock.advance(30_000);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z']);
    application.clock.advance(minute);
    expect(problems.splice(0)).toHaveLength(1);
  });

  it('never sleeps longer than half a minute, so that a machine that slept is noticed', async () => {
    await create('0 9 * * *');
    scheduler.start();
    expect(application.clock.pending()).toEqual([application.clock.now() + 30_000]);
  });

  it('runs a task that is created while it is running', async () => {
    scheduler.start();
    await create('* * * * *');
    application.clock.advance(50_000);
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:01:00.000Z']);
  });

  it('catches up slots missed while it was not running, by the task policies', async () => {
    const id = await create('* * * * *');
    await (await application.tasks()).update(id, { policies: { catchUp: 'once' } }, 'test');
    application.clock.set('2026-11-23T13:00:10.000Z');
    scheduler.start();
    await expect.poll(slotsRun).toEqual(['2026-11-23T13:00:00.000Z']);
  });

  it('resumes a task at the end of its pause', async () => {
    const id = await create('* * * * *');
    await (await application.tasks()).pause(id, { until: '2026-11-23T12:02:30.000Z' }, 'test');
    scheduler.start();
    for (let step = 0; step < 10; step += 1) {
      application.clock.advance(20_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(slotsRun).toEqual(['2026-11-23T12:03:00.000Z']);
  });

  describe('with many groups', () => {
    let ids: string[];
    beforeEach(async () => {
      ids = [];
      for (let minuteOfHour = 1; minuteOfHour <= 50; minuteOfHour += 1)
        ids.push(await create(`${minuteOfHour} 12 * * *`));
      application.clock.set('2026-11-23T12:55:10.000Z');
    });
    const settled = (): number => ids.flatMap((id) => application.ledger.slots(id, '2026-01-01T00:00:00.000Z')).length;

    it('fires all of them, in batches', async () => {
      scheduler.start();
      expect(settled()).toBeLessThan(50);
      application.clock.advance(200);
      await expect.poll(settled).toBe(50);
    });

    it('fires none after it was stopped', async () => {
      scheduler.start();
      scheduler.stop();
      const atOnce = settled();
      application.clock.advance(200);
      expect(settled()).toBe(atOnce);
    });
  });

  it('stops when it is stopped', async () => {
    await create('* * * * *');
    scheduler.start();
    scheduler.stop();
    expect(application.clock.pending()).toEqual([]);
  });
});

describe('idle workers', () => {
  it('start five seconds before a slot, a little earlier for each further task, and end five seconds after it', async () => {
    await create('* * * * *');
    await create('* * * * *');
    await create('0 18 * * *');
    scheduler.start();
    application.clock.advance(2 * minute);
    expect(warmed).toEqual([
      ['12:00:54.8', 2],
      ['12:01:05.0', 0],
      ['12:01:54.8', 2],
      ['12:02:05.0', 0],
    ]);
  });

  it('never exceed the limit in the settings', async () => {
    for (let n = 0; n < 6; n += 1) await create('* * * * *');
    scheduler.start();
    application.clock.advance(minute);
    expect(warmed[0]).toEqual(['12:00:54.6', 4]);
    mostWarm = 0;
    application.clock.advance(minute);
    expect(warmed.slice(2)).toEqual([]);
  });

  it('are not started for tasks that are paused', async () => {
    const id = await create('* * * * *');
    await (await application.tasks()).pause(id, {}, 'test');
    scheduler.start();
    application.clock.advance(2 * minute);
    expect(warmed).toEqual([]);
  });

  it('end when the scheduler stops', async () => {
    await create('* * * * *');
    scheduler.start();
    application.clock.advance(47_000);
    scheduler.stop();
    expect(warmed.map(([, count]) => count)).toEqual([1, 0]);
  });
});
