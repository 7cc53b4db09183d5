import { expect, test } from 'vitest';
import { connect, settle, taskNamed, toasts, withFakeTime } from '../testing/connected-window.ts';

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

test('a corrected command is saved, runs at once, and its run is shown', async () => {
  const window = await connect('typical');
  await settle();
  const { id, name, parameters } = taskNamed(window, 'Rotate certificates');
  window.stores.executions.setState({ fixing: 'the failed run' });
  await window.commands.tasks.fixAndRun({ id, name }, 'certbot renew --quiet');
  await settle();
  expect(taskNamed(window, name).parameters).toEqual({ ...parameters, command: 'certbot renew --quiet' });
  const { route } = window.stores.navigation.getState();
  const run = window.stores.executions.getState().recent.find(({ taskId }) => taskId === id);
  expect(route).toEqual({ view: 'execution', executionId: run?.executionId });
  expect(run?.parameters['command']).toBe('certbot renew --quiet');
  expect(window.stores.executions.getState().fixing).toBeNull();
});

test('a correction that is refused runs nothing, and the field stays open', async () => {
  const window = await connect('typical');
  await settle();
  window.stores.executions.setState({ fixing: 'the failed run' });
  await window.commands.tasks.fixAndRun({ id: 'gone', name: 'Gone' }, 'true');
  expect(window.stores.executions.getState().fixing).toBe('the failed run');
  expect(toasts(window).at(-1)?.tone).toBe('error');
});
