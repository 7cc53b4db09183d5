import { expect, it } from 'vitest';
import type { ScheduleFile } from '../../contract/task.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { aTask } from '../../testing/schedule-samples.ts';
import { CalendarKeeper } from './calendar-keeper.ts';

const hourMs = 3_600_000;

function rig(read: () => ScheduleFile) {
  const clock = fakeClock();
  const asked: string[][] = [];
  const warnings: string[] = [];
  const prepare = (tasks: readonly object[]) => {
    asked.push(tasks.map((task) => ('name' in task ? String(task.name) : '')));
    return Promise.resolve();
  };
  const warn = (message: string) => void warnings.push(message);
  const logger = { info: warn, warn, error: warn };
  const keeper = new CalendarKeeper({ store: { read }, days: { prepare }, clock, logger });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { keeper, asked, warnings, pass };
}

it('asks at the start and each hour for the calendars of tasks that are not over', async () => {
  const tasks = { a: aTask({ id: 'a', name: 'A' }), b: aTask({ id: 'b', name: 'B', status: 'completed' }) };
  const { keeper, asked, pass } = rig(() => ({ version: '2.0.0', tasks, timings: {} }));
  keeper.start();
  await pass(0);
  await pass(hourMs);
  expect(asked).toEqual([['A'], ['A']]);
  keeper.stop();
  await pass(hourMs);
  expect(asked).toHaveLength(2);
});

it('goes on after a schedule that cannot be read', async () => {
  let isBroken = true;
  const { keeper, asked, warnings, pass } = rig(() => {
    if (isBroken) throw new Error('broken');
    return { version: '2.0.0', tasks: {}, timings: {} };
  });
  keeper.start();
  await pass(0);
  expect([asked, warnings.length]).toEqual([[], 1]);
  isBroken = false;
  await pass(hourMs);
  expect(asked).toEqual([[]]);
});
