import { expect, test } from 'vitest';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../testing/connected-window.ts';

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

/** Opens the field for the command of a task that failed. */
async function fixing() {
  const window = await connect('typical');
  await settle();
  const { id, name, parameters } = taskNamed(window, 'Rotate certificates');
  const failed = { executionId: 'the failed run', taskId: id, taskName: name };
  const opened = String(parameters['command']);
  window.stores.executions.setState({ fixing: failed.executionId });
  const { fixAndRun } = window.commands.tasks;
  const fix = (command: string, task: Partial<typeof failed> = {}) =>
    fixAndRun({ ...failed, ...task }, { opened, command });
  return { window, failed, opened, parameters, fix };
}

const newestRun = (window: Connected, task: string) =>
  window.stores.executions.getState().recent.find(({ taskId }) => taskId === task);

test('a corrected command is saved, runs at once, and its run is shown', async () => {
  const { window, failed, parameters, fix } = await fixing();
  expect(await fix('certbot renew --quiet')).toBe('certbot renew --quiet');
  await settle();
  expect(taskNamed(window, failed.taskName).parameters).toEqual({ ...parameters, command: 'certbot renew --quiet' });
  const { route } = window.stores.navigation.getState();
  const run = newestRun(window, failed.taskId);
  expect(route).toEqual({ view: 'execution', executionId: run?.executionId });
  expect(run?.parameters['command']).toBe('certbot renew --quiet');
  expect(window.stores.executions.getState().fixing).toBeNull();
});

test('a corrected command runs, but a person who has left the failed run stays where they are', async () => {
  const { window, failed, fix } = await fixing();
  const fixed = fix('certbot renew --quiet');
  window.commands.executions.fix(null);
  window.commands.navigation.go({ view: 'settings' });
  await fixed;
  await settle();
  expect(window.stores.navigation.getState().route).toEqual({ view: 'settings' });
  expect(newestRun(window, failed.taskId)?.parameters['command']).toBe('certbot renew --quiet');
});

test('a command that was changed meanwhile is shown and kept, until the person decides', async () => {
  const { window, failed, parameters, fix } = await fixing();
  const newer = { ...parameters, command: 'certbot renew --force' };
  await window.bridge.call('tasks.update', { taskId: failed.taskId, change: { parameters: newer } });
  await settle();
  const ran = newestRun(window, failed.taskId)?.executionId;
  const now = await fix('certbot renew --quiet');
  await settle();
  expect(now).toBe('certbot renew --force');
  expect(taskNamed(window, failed.taskName).parameters).toEqual(newer);
  expect(newestRun(window, failed.taskId)?.executionId).toBe(ran);
  expect(window.stores.executions.getState().fixing).toBe(failed.executionId);
  expect(toasts(window).at(-1)?.message).toContain('certbot renew --force');
});

test('a correction that is refused runs nothing, and the field stays open', async () => {
  const { window, failed, opened, fix } = await fixing();
  expect(await fix('true', { taskId: 'gone', taskName: 'Gone' })).toBe(opened);
  expect(window.stores.executions.getState().fixing).toBe(failed.executionId);
  expect(toasts(window).at(-1)?.tone).toBe('error');
});
