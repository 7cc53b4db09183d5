import { describe, expect, test } from 'vitest';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../../testing/connected-window.ts';

withFakeTime();

const opened = async (): Promise<Connected> => {
  const window = await connect('typical');
  await settle();
  return window;
};
const undo = async (window: Connected) => {
  await window.commands.history.undoLast();
  await settle();
};
const messages = (window: Connected) => toasts(window).map(({ message }) => message);

describe('Ctrl+Z', () => {
  test('undoes the acts of this window one by one, the last first, and says which', async () => {
    const window = await opened();
    const task = taskNamed(window, 'Tokyo market report');
    await window.commands.tasks.pause(task);
    await settle();
    await window.commands.tasks.remove(taskNamed(window, 'Sync music library'));
    await settle();
    await undo(window);
    expect(messages(window).at(-1)).toBe('Undone: Deleted “Sync music library”.');
    expect(taskNamed(window, 'Sync music library')).toBeDefined();
    expect(taskNamed(window, task.name).status).toBe('paused');
    await undo(window);
    expect(messages(window).at(-1)).toBe('Undone: Paused “Tokyo market report”.');
    expect(taskNamed(window, task.name).status).toBe('active');
  });

  test('leaves what happened before the window opened, and what others did', async () => {
    const window = await opened();
    const task = taskNamed(window, 'Tokyo market report');
    await (await window.application.tasks()).pause(task.id, {}, 'cli');
    await undo(window);
    expect(messages(window)).toEqual([expect.stringMatching(/^Nothing that you did in this window/)]);
    expect(taskNamed(window, task.name).status).toBe('paused');
  });

  test('passes over what a browser ran', async () => {
    const window = await opened();
    const task = taskNamed(window, 'Tokyo market report');
    await window.commands.tasks.pause(task);
    await settle();
    (await window.application.webTokens()).record('window', 'tasks.trigger', task.id);
    await undo(window);
    expect(messages(window).at(-1)).toBe('Undone: Paused “Tokyo market report”.');
  });

  test('undoes a change of settings', async () => {
    const window = await opened();
    await window.commands.settings.change({ theme: 'dark' });
    await undo(window);
    expect(window.outside.settings.read().theme).toBe('system');
    expect(messages(window)).toContain('Undone: Changed settings.');
  });

  test('names an act that cannot be undone any more, and then goes on to the one before it', async () => {
    const window = await opened();
    await window.commands.schedule.pauseAll();
    const task = taskNamed(window, 'Tokyo market report');
    await window.commands.tasks.reschedule(task, '*/5 * * * *', 'UTC');
    await (await window.application.tasks()).update(task.id, { schedule: '*/7 * * * *' }, 'cli');
    await undo(window);
    expect(messages(window).at(-1)).toMatch(/Changed “Tokyo market report”.*schedule/);
    expect(window.stores.schedule.getState().schedule?.paused).not.toBeNull();
    await undo(window);
    expect(messages(window)).toContain('Undone: Paused all schedules.');
    expect(window.stores.schedule.getState().schedule?.paused).toBeNull();
  });
});
