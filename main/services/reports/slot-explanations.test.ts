import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionReason } from '../../contract/execution.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
});
afterEach(() => application.dispose());

const hourly = { schedule: 'every hour', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
const slot = '2026-11-23T13:00:00.000Z';
const noticedAt = '2026-11-23T15:30:00.000Z';

const create = async (name: string, change: object = {}): Promise<string> =>
  (await (await application.tasks()).create({ ...hourly, name, ...change }, 'test')).task.id;
const explain = async (id: string, at = slot) => (await application.reports()).explain(id, at);

function decided(taskId: string, reason: DecisionReason, detail: string | null = null): void {
  application.ledger.decide([{ taskId, slot, reason, detail, at: noticedAt }]);
  application.clock.set(noticedAt);
}

function started(taskId: string, startedAt: string): void {
  application.ledger.start({
    ...{ executionId: `run-of-${taskId}`, taskId, taskName: 'Ping', timingId: 'x', tool: 'shell:run', parameters: {} },
    ...{ trigger: 'schedule', slot: null, attempt: 1, startedAt, logPath: null },
    owner: { pid: 1, startedAt: 'memory' },
  });
}

describe('a missed slot', () => {
  it('names the time in which nothing ran on this machine, and offers to run it', async () => {
    const id = await create('Backup');
    started('another', '2026-11-23T12:30:00.000Z');
    decided(id, 'missed');
    expect(await explain(id)).toMatchObject({
      record: { slot, reason: 'missed' },
      facts: [{ kind: 'silence', since: '2026-11-23T12:30:00.000Z', until: noticedAt }, { kind: 'catch-up-off' }],
      fixes: ['run-missed', 'catch-up'],
    });
  });

  it('says if another task ran at that time, so that the machine was on', async () => {
    const id = await create('Backup');
    started('another', '2026-11-23T13:00:02.000Z');
    decided(id, 'missed');
    const explanation = await explain(id);
    expect(explanation?.facts[0]).toEqual({
      ...{ kind: 'others-ran', executionId: 'run-of-another', taskName: 'Ping' },
      at: '2026-11-23T13:00:02.000Z',
    });
  });

  it('names a missing entry first among the fixes', async () => {
    const id = await create('Backup', { catchupMissed: true });
    application.os.installed.clear();
    decided(id, 'catch-up-window');
    const explanation = await explain(id);
    expect(explanation?.facts).toContainEqual({ kind: 'entry', state: 'missing', scheduler: 'systemd' });
    expect(explanation?.fixes).toEqual(['fix-entries', 'run-missed']);
  });

  it('is explained although nothing is recorded yet', async () => {
    const id = await create('Backup');
    application.clock.set('2026-11-23T15:10:00.000Z');
    expect(await explain(id)).toMatchObject({
      record: { state: 'unaccounted', reason: 'missed' },
      facts: [{ kind: 'silence', since: null, until: null }, { kind: 'catch-up-off' }],
    });
  });
});

describe('a slot that a rule skipped', () => {
  it('during a pause says who paused the task, why, and offers to resume it', async () => {
    const id = await create('Backup');
    const pause = { until: '2026-11-24T00:00:00.000Z', note: 'disk full' };
    await (await application.tasks()).pause(id, pause, 'mcp:claude@1.0.0');
    decided(id, 'paused', 'disk full');
    expect(await explain(id)).toMatchObject({
      facts: [{ kind: 'paused', author: 'mcp:claude@1.0.0', at: '2026-11-23T12:00:10.000Z', ...pause }],
      fixes: ['resume', 'run-missed'],
    });
  });

  it('of a pause that is over offers only to run it', async () => {
    const id = await create('Backup');
    const tasks = await application.tasks();
    await tasks.pause(id, {}, 'cli');
    decided(id, 'paused');
    await tasks.resume(id, 'window');
    expect(await explain(id)).toMatchObject({ facts: [{ author: 'cli', until: null }], fixes: ['run-missed'] });
  });

  it('during the pause of all schedules says who paused them', async () => {
    const id = await create('Backup');
    (await application.tasks()).pauseAll({ note: 'moving house' }, 'tray');
    decided(id, 'all-paused');
    expect(await explain(id)).toMatchObject({
      facts: [
        { kind: 'all-paused', author: 'tray', at: '2026-11-23T12:00:10.000Z', until: null, note: 'moving house' },
      ],
      fixes: ['resume-all', 'run-missed'],
    });
  });

  it('on request says who asked', async () => {
    const id = await create('Backup');
    await (await application.tasks()).skipNext(id, 'cli');
    decided(id, 'skip-next');
    expect(await explain(id)).toMatchObject({
      facts: [{ kind: 'skipped', author: 'cli', at: '2026-11-23T12:00:10.000Z' }],
      fixes: ['run-missed'],
    });
  });

  it('because of the run before links that run', async () => {
    const id = await create('Backup');
    started(id, '2026-11-23T12:10:00.000Z');
    decided(id, 'overlap', 'the previous run had not finished');
    expect(await explain(id)).toMatchObject({
      facts: [
        { kind: 'in-the-way', executionId: `run-of-${id}`, startedAt: '2026-11-23T12:10:00.000Z', endedAt: null },
      ],
      fixes: ['edit', 'run-missed'],
    });
  });

  it('because of a limit names the limit', async () => {
    const id = await create('Backup', { maxExecutions: 3 });
    decided(id, 'max-executions');
    expect(await explain(id)).toMatchObject({
      facts: [{ kind: 'run-limit', limit: 3 }],
      fixes: ['edit', 'run-missed'],
    });
  });
});

it('an instant that is no slot of the task has no explanation', async () => {
  expect(await explain(await create('Backup'), '2026-11-23T12:30:00.000Z')).toBeNull();
});
