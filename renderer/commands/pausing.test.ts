import { expect, test } from 'vitest';
import { connect, settle, taskNamed, toasts, withFakeTime } from '../testing/connected-window.ts';

withFakeTime();

test('the next run of a task is skipped, and runs after all if the person wants', async () => {
  const window = await connect('typical');
  await settle();
  const skipUntil = () => taskNamed(window, 'Tokyo market report').skipUntil;
  await window.commands.tasks.skipNext(taskNamed(window, 'Tokyo market report'));
  await settle();
  const first = skipUntil();
  expect(Date.parse(first ?? '')).toBeGreaterThan(Date.now());
  expect(toasts(window).at(-1)?.message).toMatch(/^“Tokyo market report” skips its run /);
  await window.commands.tasks.skipNext(taskNamed(window, 'Tokyo market report'));
  await settle();
  expect(Date.parse(skipUntil() ?? '')).toBeGreaterThan(Date.parse(first ?? ''));
  await window.commands.tasks.keepNext(taskNamed(window, 'Tokyo market report'));
  await settle();
  expect(skipUntil()).toBe(first);
  await window.commands.tasks.keepNext(taskNamed(window, 'Tokyo market report'));
  await settle();
  expect(skipUntil()).toBeUndefined();
  await window.commands.tasks.keepNext(taskNamed(window, 'Tokyo market report'));
  expect(toasts(window).at(-1)).toMatchObject({ tone: 'error' });
});

test('a task is paused until an instant with a reason', async () => {
  const window = await connect('typical');
  await settle();
  const until = '2026-11-26T09:00:00.000Z';
  await window.commands.tasks.pause(taskNamed(window, 'Ping the shop'), { until, note: 'maintenance' });
  await settle();
  expect(taskNamed(window, 'Ping the shop')).toMatchObject({
    status: 'paused',
    pausedUntil: until,
    pauseNote: 'maintenance',
  });
});

test('a clean-up on request says what it deleted', async () => {
  const window = await connect('typical');
  await settle();
  await window.commands.settings.cleanUp();
  expect(toasts(window).at(-1)?.message).toMatch(/^(Nothing exceeds the limits|Deleted \d+ runs?)/);
});
