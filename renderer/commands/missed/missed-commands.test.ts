import { describe, expect, test } from 'vitest';
import { SchedulerError } from '../../../main/domain/errors.ts';
import { connect, settle, taskNamed, toasts, withFakeTime } from '../../testing/connected-window.ts';
import type { Connected } from '../../testing/connected-window.ts';
import { text } from '../../text/en.ts';
import { tasksOf } from './missed-commands.ts';

withFakeTime();

const open = async (): Promise<Connected> => {
  const window = await connect('missed');
  await settle();
  await window.commands.missed.load();
  return window;
};
const count = ({ stores }: Connected) => stores.missed.getState().report?.count;

describe('missed runs', () => {
  test('are dismissed, and only what is missed later is shown again', async () => {
    const window = await open();
    expect(count(window)).toBe(2);
    await window.commands.missed.dismiss();
    expect(count(window)).toBe(0);
    const { id } = taskNamed(window, 'Deploy staging');
    const later = { taskId: id, reason: 'missed' as const, detail: null, at: '2026-11-25T10:41:20.000Z' };
    window.outside.ledger.decide([{ ...later, slot: '2026-11-21T08:00:00.000Z' }]);
    await window.commands.missed.load();
    expect(count(window)).toBe(1);
  });

  test('run once each, and are missed no longer', async () => {
    const window = await open();
    const { id } = taskNamed(window, 'Deploy staging');
    await window.commands.missed.run();
    expect(toasts(window).map(({ message }) => message)).toContain(text.missed.started(2));
    await settle(600_000);
    expect(count(window)).toBe(0);
    const { executions } = window.outside.ledger.list({ taskId: id, trigger: 'backfill', limit: 10, offset: 0 });
    expect(executions.map(({ slot }) => slot).sort()).toEqual(['2026-11-22T08:00:00.000Z', '2026-11-23T08:00:00.000Z']);
  });

  test('that cannot be read say why', async () => {
    const window = await open();
    window.bridge.breakCall('reports.missed', new SchedulerError('store/damaged', 'ledger.db is damaged.'));
    await window.commands.missed.load();
    expect(window.stores.missed.getState().failure).toContain('ledger.db is damaged.');
  });

  test('of one task for two causes are one span', () => {
    const task = { taskId: 't', taskName: 'T', count: 1 };
    const cause = { count: 1, first: 'a', last: 'b' };
    const report = {
      ...{ count: 2, isPartial: false, recordedAt: null },
      causes: [
        { ...cause, cause: 'silence' as const, tasks: [{ ...task, first: 'b', last: 'c' }] },
        { ...cause, cause: 'others-ran' as const, tasks: [{ ...task, first: 'a', last: 'b' }] },
      ],
    };
    expect(tasksOf(report)).toEqual([{ ...task, count: 2, first: 'a', last: 'c' }]);
  });
});
