import { expect, test } from 'vitest';
import { connect, settle, toasts, withFakeTime } from '../testing/connected-window.ts';

withFakeTime();

test('a newcomer moves the crontab in, and one Undo puts everything back', async () => {
  const window = await connect('newcomer');
  await settle();
  const { transfer } = window.commands;
  const before = window.outside.crontab.text;
  expect(await transfer.found()).toContainEqual({ kind: 'crontab', tasks: 4, refused: 1, problem: null });
  const opened = await transfer.open('crontab');
  const options = { names: { 'line 4': 'Nightly backup' }, move: true };
  const report = await transfer.apply({ token: opened?.token ?? '', options });
  await settle();
  expect(report?.moved).toBe(4);
  const tasks = window.stores.schedule.getState().schedule?.tasks ?? [];
  expect(tasks.map(({ name, status }) => [name, status])).toContainEqual(['Nightly backup', 'active']);
  expect(window.outside.crontab.text).toContain('# moved to NCP Scheduler');
  const toast = toasts(window).find(({ message }) => message.startsWith('Moved 4 lines'));
  toast?.action?.run();
  await settle();
  expect(window.stores.schedule.getState().schedule?.tasks).toEqual([]);
  expect(window.outside.crontab.text).toBe(before);
});
