import { describe, expect, test } from 'vitest';
import { SchedulerError } from '../../../main/domain/errors.ts';
import { hasFilter } from '../../stores/task-list/list-view.ts';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../../testing/connected-window.ts';

withFakeTime();

const statusOf = (window: Connected, name: string) => taskNamed(window, name).status;
const open = async () => {
  const window = await connect('typical');
  await settle();
  return window;
};

describe('a change of several tasks', () => {
  test('is said once, and its Undo reverses all of it', async () => {
    const window = await open();
    const chosen = ['Ping the shop', 'Tidy downloads'].map((name) => taskNamed(window, name));
    await window.commands.bulk.pause(chosen);
    await settle();
    expect(toasts(window).map(({ message }) => message)).toEqual(['2 tasks paused.']);
    expect(statusOf(window, 'Ping the shop')).toBe('paused');
    toasts(window)[0]?.action?.run();
    await settle();
    expect(statusOf(window, 'Ping the shop')).toBe('active');
    expect(statusOf(window, 'Tidy downloads')).toBe('active');
  });

  test('names a single task, and the one that refused', async () => {
    const window = await open();
    const chosen = ['Ping the shop', 'Sync music library'].map((name) => taskNamed(window, name));
    await window.commands.bulk.skipNext(chosen);
    expect(toasts(window).map(({ tone, message }) => [tone, message])).toEqual([
      ['info', 'The next run of “Ping the shop” is skipped.'],
      ['error', '"Sync music library" is not active, so no slot is next.'],
    ]);
  });

  test('that changes nothing says so', async () => {
    const window = await open();
    await window.commands.bulk.resume([taskNamed(window, 'Ping the shop')]);
    expect(toasts(window).map(({ message }) => message)).toEqual(['Nothing to change.']);
  });

  test('sets tags, which a filter and a search then find', async () => {
    const window = await open();
    await window.commands.bulk.tag([taskNamed(window, 'Ping the shop')], ['web'], []);
    await settle();
    expect(taskNamed(window, 'Ping the shop').tags).toEqual(['web']);
    expect(toasts(window).map(({ message }) => message)).toEqual(['Tags of “Ping the shop” changed.']);
  });

  test('runs each once and says why others did not start', async () => {
    const window = await open();
    const gone = { id: 'gone', name: 'Gone' };
    const chosen = ['Ping the shop', 'Tidy downloads'].map((name) => taskNamed(window, name));
    const running = window.commands.bulk.run([...chosen, gone]);
    await settle(1000);
    await running;
    expect(toasts(window).map(({ tone, message }) => [tone, message])).toEqual([
      ['info', '2 tasks started.'],
      ['error', 'There is no task with the id or name "gone".'],
    ]);
  });
});

describe('figures', () => {
  const known = (window: Connected) => window.stores.figures.getState().known;

  test('are fetched once for a state of the runs, and again after a run', async () => {
    const window = await open();
    const { figures, bulk } = window.commands;
    const ping = taskNamed(window, 'Ping the shop');
    await figures.fetch([ping], false);
    expect(known(window).get(ping.id)).toMatchObject({ runs: null, successRate: 1 });
    await figures.fetch([ping], true);
    const first = known(window).get(ping.id);
    expect(first?.runs).toHaveLength(20);
    await figures.fetch([taskNamed(window, 'Ping the shop')], true);
    expect(known(window).get(ping.id)).toBe(first);
    const running = bulk.run([ping]);
    await settle(1000);
    await running;
    await figures.fetch([taskNamed(window, 'Ping the shop')], true);
    expect(known(window).get(ping.id)?.runs?.[0]?.status).toBe('running');
  });

  test('that cannot be read leave a reason, and are asked for again', async () => {
    const window = await open();
    const ping = taskNamed(window, 'Ping the shop');
    window.bridge.breakCall('executions.figures', new SchedulerError('store/damaged', 'Not now.'));
    await window.commands.figures.fetch([ping], true);
    expect(window.stores.figures.getState()).toMatchObject({ failure: 'Not now.' });
    window.bridge.restoreCall('executions.figures');
    await window.commands.figures.fetch([ping], true);
    expect(window.stores.figures.getState().failure).toBeNull();
    expect(known(window).has(ping.id)).toBe(true);
  });
});

describe('the arrangement', () => {
  test('is sorted by a column in one direction, the other, and not at all', async () => {
    const { commands, stores } = await open();
    const sort = () => stores.preferences.getState().taskList.sort;
    commands.list.sortBy('last');
    expect(sort()).toEqual({ column: 'last', isReversed: false });
    commands.list.sortBy('last');
    expect(sort()).toEqual({ column: 'last', isReversed: true });
    commands.list.sortBy('last');
    expect(sort()).toBeNull();
  });

  test('is saved under a name, shown again, and deleted with Undo', async () => {
    const window = await open();
    const { list } = window.commands;
    const state = () => window.stores.preferences.getState();
    list.toggleTag('backup');
    list.change({ by: 'tag' });
    list.saveView('Backups');
    const view = state().taskList;
    list.clearFilter();
    expect(hasFilter(state().taskList.filter)).toBe(false);
    list.show(state().savedViews[0]?.view ?? state().taskList);
    expect(state().taskList).toEqual(view);
    list.removeView('Backups');
    expect(state().savedViews).toEqual([]);
    toasts(window)[0]?.action?.run();
    expect(state().savedViews).toEqual([{ name: 'Backups', view }]);
  });
});
