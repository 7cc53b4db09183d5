import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Strip } from '../../contract/task-report.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
});
afterEach(() => application.dispose());

const hourly = { schedule: 'every hour', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
const create = async (name: string): Promise<string> =>
  (await (await application.tasks()).create({ ...hourly, name }, 'test')).task.id;
const report = async (id: string) => (await application.reports()).task(id);

interface Run {
  readonly at: string;
  readonly status?: 'success' | 'failure';
  readonly trigger?: 'schedule' | 'test';
}

/** Records a run that took two seconds. */
function ran(taskId: string, { at, status = 'success', trigger = 'schedule' }: Run): void {
  const { ledger } = application;
  const executionId = `${taskId}-${at}`;
  const startedAt = `2026-11-23T${at}:00.000Z`;
  ledger.start({
    ...{ executionId, taskId, taskName: taskId, timingId: 'hourly', tool: 'shell:run', parameters: {}, trigger },
    ...{ slot: null, attempt: 1, startedAt, logPath: null, owner: { pid: 1, startedAt: 'memory' } },
  });
  const error = { code: 'shell/exit-code', message: 'The command ended with exit code 2.', line: 'no such disk' };
  ledger.finish(executionId, {
    ...{ status, completedAt: startedAt.replace('00.000Z', '02.000Z'), signal: null, result: null },
    ...{ exitCode: status === 'failure' ? 2 : 0, error: status === 'failure' ? error : null },
    ...{ logBytes: 10, peakMemoryBytes: null, cpuMs: null },
  });
}

const summary = (strip: Strip) =>
  strip.map((entry) => (entry.kind === 'run' ? entry.status : `${entry.reason ?? '?'} ×${entry.count}`));

describe('the report of a task', () => {
  it('has its runs, oldest first, with the missed slots between them', async () => {
    const id = await create('Backup');
    ran(id, { at: '13:00', status: 'failure' });
    application.ledger.decide(
      ['14', '15'].map((hour) => ({
        ...{ taskId: id, slot: `2026-11-23T${hour}:00:00.000Z`, reason: 'missed' as const, detail: null },
        at: '2026-11-23T15:30:00.000Z',
      })),
    );
    ran(id, { at: '16:00' });
    application.clock.set('2026-11-23T16:01:00.000Z');
    const { strip, figures, lastFailure } = await report(id);
    expect(summary(strip)).toEqual(['failure', 'missed ×2', 'success']);
    expect(strip[0]).toMatchObject({ duration: 2000, reason: 'no such disk (exit code 2)' });
    expect(figures).toMatchObject({ runs: 2, successes: 1, streak: { isSuccess: true, count: 1 }, isPartial: false });
    expect(lastFailure).toMatchObject({ executionId: `${id}-13:00`, reason: 'no such disk (exit code 2)' });
  });

  it('includes slots that the next fire would record as missed', async () => {
    const id = await create('Backup');
    application.clock.set('2026-11-23T15:10:00.000Z');
    expect(summary((await report(id)).strip)).toEqual(['missed ×3']);
  });

  it('leaves test runs out', async () => {
    const id = await create('Backup');
    ran(id, { at: '12:10', trigger: 'test', status: 'failure' });
    ran(id, { at: '12:20' });
    const { strip, figures, lastFailure } = await report(id);
    expect(summary(strip)).toEqual(['success']);
    expect(figures.runs).toBe(1);
    expect(lastFailure).toBeNull();
  });

  it('shows 60 runs, counts 100, and says that there are more', async () => {
    const id = await create('Backup');
    for (let minute = 0; minute < 110; minute += 1) {
      const at = new Date(Date.parse('2026-11-23T12:01:00Z') + minute * 60_000).toISOString().slice(11, 16);
      ran(id, { at });
    }
    application.clock.set('2026-11-23T13:55:00.000Z');
    const { strip, figures } = await report(id);
    expect(strip.filter(({ kind }) => kind === 'run')).toHaveLength(60);
    expect(figures).toMatchObject({ runs: 100, isPartial: true, p95Ms: 2000, medianMs: 2000 });
  });

  it('says since when a task has never run, once a slot has passed', async () => {
    const id = await create('Backup');
    expect((await report(id)).hints).toEqual([]);
    application.clock.set('2026-11-23T13:00:30.000Z');
    expect((await report(id)).hints).toEqual([{ kind: 'never-ran', since: '2026-11-23T13:00:00.000Z' }]);
  });

  it('says who paused it, and when', async () => {
    const id = await create('Backup');
    expect((await report(id)).pausedBy).toBeNull();
    await (await application.tasks()).pause(id, {}, 'mcp:claude@1.0.0');
    await (await application.tasks()).update(id, { name: 'Renamed' }, 'cli');
    expect((await report(id)).pausedBy).toEqual({ author: 'mcp:claude@1.0.0', at: '2026-11-23T12:00:10.000Z' });
  });

  it('is refused for an unknown task', async () => {
    await expect(report('nobody')).rejects.toMatchObject({ code: 'task/not-found' });
  });
});

describe('the next slots of a task', () => {
  const next = async (id: string) =>
    (await report(id)).next.map(({ slot, isSkipped }) => [slot.slice(11, 16), isSkipped]);

  it('are five, and say which of them is skipped', async () => {
    const id = await create('Backup');
    await (await application.tasks()).skipNext(id, 'test');
    expect(await next(id)).toEqual([
      ['13:00', true],
      ['14:00', false],
      ['15:00', false],
      ['16:00', false],
      ['17:00', false],
    ]);
  });

  it('begin after a pause, and there are none if it has no end', async () => {
    const id = await create('Backup');
    const tasks = await application.tasks();
    await tasks.pause(id, { until: '2026-11-23T15:00:00.000Z' }, 'test');
    expect((await next(id))[0]).toEqual(['15:00', false]);
    await tasks.pause(id, {}, 'test');
    expect(await next(id)).toEqual([]);
  });

  it('follow the pause of all schedules', async () => {
    const id = await create('Backup');
    const tasks = await application.tasks();
    tasks.pauseAll({ until: '2026-11-23T16:30:00.000Z' }, 'test');
    expect((await next(id))[0]).toEqual(['17:00', false]);
    tasks.pauseAll({}, 'test');
    expect(await next(id)).toEqual([]);
  });

  it('end with the end date', async () => {
    const id = await create('Backup');
    await (await application.tasks()).update(id, { endDate: '2026-11-23T14:00:00.000Z' }, 'test');
    expect(await next(id)).toEqual([
      ['13:00', false],
      ['14:00', false],
    ]);
  });
});

it('the report of a group has the strip of each of its tasks', async () => {
  const [one, two] = [await create('One'), await create('Two')];
  ran(one, { at: '12:10' });
  const [timing] = Object.values(application.store.read().timings);
  const reports = await application.reports();
  const { strips } = reports.group(timing?.id ?? '');
  expect(Object.entries(strips).map(([id, strip]) => [id, summary(strip)])).toEqual([
    [one, ['success']],
    [two, []],
  ]);
  expect(() => reports.group('nowhere')).toThrow(/nowhere/);
});
