import { expect, test } from 'vitest';
import { connect, settle, taskNamed, withFakeTime } from '../testing/connected-window.ts';

withFakeTime();

test('a run is run again once while the first call is pending, and again after it', async () => {
  const window = await connect('typical');
  await settle();
  const { id } = taskNamed(window, 'Ping the shop');
  await window.commands.executions.query({ taskId: id });
  await settle();
  const counted = () => window.stores.executions.getState().list.rows.length;
  const before = counted();
  const run = window.stores.executions.getState().list.rows[0];
  if (run === undefined) throw new Error('the task has no run');
  const { rerun } = window.commands.executions;
  await Promise.all([rerun(run), rerun(run), rerun(run)]);
  await settle();
  expect(counted()).toBe(before + 1);
  await rerun(run);
  await settle();
  expect(counted()).toBe(before + 2);
});
