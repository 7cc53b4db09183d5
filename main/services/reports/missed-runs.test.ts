import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionReason } from '../../contract/execution.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:10.000Z');
});
afterEach(() => application.dispose());

const hourly = { schedule: 'every hour', timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' } };
const at = (hour: number, minute = 0) => `2026-11-23T${hour}:${String(minute).padStart(2, '0')}:00.000Z`;
const noticedAt = at(19);

const create = async (name: string, schedule = 'every hour'): Promise<string> =>
  (await (await application.tasks()).create({ ...hourly, name, schedule }, 'test')).task.id;
const report = async (recordedAfter: string | null = null) => (await application.reports()).missed(recordedAfter);

function decided(taskId: string, reason: DecisionReason, ...slots: string[]): void {
  application.ledger.decide(slots.map((slot) => ({ taskId, slot, reason, detail: null, at: noticedAt })));
  application.clock.set(noticedAt);
}

function started(taskId: string, startedAt: string): void {
  application.ledger.start({
    ...{ executionId: `run-${taskId}`, taskId, taskName: 'Ping', timingId: 'x', tool: 'shell:run', parameters: {} },
    ...{ trigger: 'schedule', slot: null, attempt: 1, startedAt, logPath: null },
    owner: { pid: 1, startedAt: 'memory' },
  });
}

describe('missed slots', () => {
  it('are grouped by cause and task, with the task that missed most first', async () => {
    const [backup, sync, ping] = [await create('Backup'), await create('Sync'), await create('Ping')];
    decided(backup, 'missed', at(13), at(14), at(17));
    decided(sync, 'catch-up-window', at(13));
    decided(ping, 'missed', at(17));
    started(ping, at(17, 2));
    expect(await report()).toEqual({
      ...{ count: 5, isPartial: false, recordedAt: noticedAt },
      causes: [
        {
          ...{ cause: 'silence', count: 4, first: at(13), last: at(17) },
          tasks: [
            { taskId: backup, taskName: 'Backup', count: 2, first: at(13), last: at(14) },
            { taskId: ping, taskName: 'Ping', count: 1, first: at(17), last: at(17) },
            { taskId: sync, taskName: 'Sync', count: 1, first: at(13), last: at(13) },
          ],
        },
        {
          ...{ cause: 'others-ran', count: 1, first: at(17), last: at(17) },
          tasks: [{ taskId: backup, taskName: 'Backup', count: 1, first: at(17), last: at(17) }],
        },
      ],
    });
  });

  it('that a rule skipped, that are dismissed, too old or of a deleted task are left out', async () => {
    const [backup, gone] = [await create('Backup'), await create('Gone')];
    decided(backup, 'paused', at(13));
    decided(backup, 'missed', '2026-11-16T18:00:00.000Z');
    decided(gone, 'missed', at(13));
    await (await application.tasks()).delete(gone, 'test');
    expect(await report()).toEqual({ count: 0, isPartial: false, recordedAt: null, causes: [] });
    decided(backup, 'missed', at(14));
    expect((await report()).count).toBe(1);
    expect((await report(noticedAt)).count).toBe(0);
  });

  it('that the schedule has no more are left out, because nothing could run them', async () => {
    const backup = await create('Backup');
    decided(backup, 'missed', at(13), at(14));
    await (await application.tasks()).update(backup, { schedule: 'every 2 hours' }, 'test');
    expect((await report()).causes[0]).toMatchObject({ count: 1, first: at(14) });
  });

  it('beyond the latest 1,000 are not counted, which the report says', async () => {
    const backup = await create('Backup', 'every minute');
    const minutes = Array.from({ length: 1001 }, (_, n) => new Date(Date.parse(at(17)) - n * 60_000).toISOString());
    decided(backup, 'missed', ...minutes);
    const { count, isPartial, causes } = await report();
    expect([count, isPartial, causes[0]?.first, causes[0]?.last]).toEqual([1000, true, minutes[999], minutes[0]]);
  });
});
