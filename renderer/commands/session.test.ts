import { describe, expect, test } from 'vitest';
import type { IpcEventPayload } from '../../main/contract/ipc.ts';
import { SchedulerError } from '../../main/domain/errors.ts';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../testing/connected-window.ts';
import { sampleExecution } from '../testing/samples.ts';

const tasksOf = ({ outside }: Connected) => Object.values(outside.store.read().tasks);

withFakeTime();

describe('connecting', () => {
  test('shows the snapshot', async () => {
    const { stores, outside } = await connect('typical');
    await settle();
    const state = stores.schedule.getState();
    expect(state.connection).toBe('ready');
    expect(state.schedule?.tasks).toHaveLength(Object.keys(outside.store.read().tasks).length);
    expect(stores.executions.getState().recent.length).toBeGreaterThan(100);
  });

  test('keeps trying, and shows the reason until it works', async () => {
    const { stores, bridge } = await connect('empty', ({ bridge: broken }) =>
      broken.breakCall('app.snapshot', new SchedulerError('store/damaged', 'Not now.')),
    );
    await settle();
    expect(stores.schedule.getState()).toMatchObject({ connection: 'failed', failure: 'Not now.' });
    bridge.restoreCall('app.snapshot');
    await settle(1000);
    expect(stores.schedule.getState()).toMatchObject({ connection: 'ready', failure: null });
  });

  test('asks for everything again if a change was lost, and takes no change twice', async () => {
    const window = await connect('typical');
    await settle();
    const { bridge, stores, application } = window;
    const asked = () => bridge.calls.filter(({ name }) => name === 'app.snapshot').length;
    const task = taskNamed(window, 'Ping the shop');
    const changes: IpcEventPayload<'schedule.changed'>[] = [];
    bridge.on('schedule.changed', (change) => changes.push(change));
    await (await application.tasks()).pause(task.id, {}, 'cli');
    await settle();
    expect(taskNamed(window, task.name).status).toBe('paused');
    expect(asked()).toBe(1);
    const [change] = changes;
    if (change === undefined) throw new Error('nothing was sent');
    const { from, revision, tasks } = change;
    expect(tasks.changed.map(({ name }) => name)).toEqual([task.name]);

    await (await application.tasks()).resume(task.id, 'cli');
    await settle();
    bridge.emit('schedule.changed', change);
    expect(taskNamed(window, task.name).status).toBe('active');
    bridge.emit('schedule.changed', { ...change, from: from + 5, revision: revision + 5 });
    expect(taskNamed(window, task.name).status).toBe('active');
    await settle();
    expect(asked()).toBe(2);
    expect(stores.schedule.getState().connection).toBe('ready');
    expect(taskNamed(window, task.name).status).toBe('active');
  });

  test('stops listening when the window closes', async () => {
    const { stores, application, stop } = await connect('typical');
    await settle();
    stop();
    (await application.tasks()).pauseAll({}, 'cli');
    await settle();
    expect(stores.schedule.getState().schedule?.paused).toBeNull();
  });
});

describe('a run', () => {
  test('is followed from its start to its end', async () => {
    const window = await connect('typical');
    await settle();
    const started = await window.commands.tasks.runNow(taskNamed(window, 'Ping the shop'));
    if (!started) throw new Error('it was not started');
    expect(toasts(window)[0]?.message).toMatch(/Ping the shop.*started/);
    await window.commands.log.open(started.executionId);
    await settle(1000);
    const { log, executions } = window.stores;
    expect(log.getState().lines.length).toBeGreaterThan(2);
    expect(log.getState().complete).toBe(false);
    await settle(5000);
    expect(log.getState().complete).toBe(true);
    expect(log.getState().lines.at(-1)?.text).toBe('Step 12 of 12');
    expect(executions.getState().recent[0]).toMatchObject({ executionId: started.executionId, status: 'success' });
    expect(toasts(window).map(({ message }) => message)).toEqual(['“Ping the shop” succeeded.']);
  });

  test('can be cancelled', async () => {
    const window = await connect('typical');
    await settle();
    const running = window.stores.executions.getState().recent.find(({ status }) => status === 'running');
    if (!running) throw new Error('nothing runs');
    await window.commands.executions.cancel(running);
    await settle();
    const found = window.stores.executions.getState().recent.find((each) => each.executionId === running.executionId);
    expect(found?.status).toBe('cancelled');
  });

  test('of another log changes nothing in the log that is open', async () => {
    const window = await connect('typical');
    await settle();
    const first = window.stores.executions.getState().recent.find(({ status }) => status === 'success');
    await window.commands.log.open(first?.executionId ?? '');
    await settle();
    const before = window.stores.log.getState();
    await window.commands.tasks.runNow(taskNamed(window, 'Ping the shop'));
    await settle(1000);
    expect(window.stores.log.getState()).toBe(before);
  });
});

describe('the executions list', () => {
  test('fetches only the visible pages, and adds new runs live', async () => {
    const window = await connect('typical', ({ outside }) => {
      const old = Array.from({ length: 5000 }, (_, age) => {
        const startedAt = new Date(Date.parse('2026-11-01T00:00:00Z') - age * 60_000).toISOString();
        return sampleExecution({ executionId: `old-${age}`, startedAt });
      });
      outside.ledger.importHistory({ executions: old, runStates: [] });
    });
    await settle();
    const { executions } = window.stores;
    await window.commands.executions.query({});
    const total = executions.getState().list.rows.length;
    expect(total).toBe(window.outside.ledger.list({ offset: 0, limit: 1 }).total);
    expect(executions.getState().list.rows.filter(Boolean)).toHaveLength(100);
    await window.commands.executions.fetchRows(4000, 4010);
    expect(executions.getState().list.rows[4005]).toBeDefined();
    expect(executions.getState().list.rows[3000]).toBeUndefined();
    await window.commands.tasks.runNow(taskNamed(window, 'Ping the shop'));
    await settle();
    expect(executions.getState().list.rows).toHaveLength(total + 1);
    expect(executions.getState().list.rows[0]?.trigger).toBe('manual');
  });

  test('ignores the answer to an outdated query', async () => {
    const window = await connect('typical');
    await settle();
    const first = window.commands.executions.query({ status: 'failure' });
    const second = window.commands.executions.query({ status: 'success' });
    await Promise.all([first, second]);
    const statuses = window.stores.executions.getState().list.rows.flatMap((row) => row?.status ?? []);
    expect(new Set(statuses)).toEqual(new Set(['success']));
  });

  test('of one task leaves the filters of the Runs view as they are', async () => {
    const window = await connect('typical');
    await settle();
    await window.commands.executions.query({ status: 'failure' });
    const { id } = taskNamed(window, 'Ping the shop');
    await window.commands.executions.show({ taskId: id });
    const rows = window.stores.executions.getState().list.rows.flatMap((row) => row ?? []);
    expect(new Set(rows.map(({ taskId }) => taskId))).toEqual(new Set([id]));
    expect(window.stores.preferences.getState().executionQuery).toEqual({ status: 'failure' });
  });

  test('says why the ledger cannot be read', async () => {
    const window = await connect('error');
    await settle();
    await window.commands.executions.query({});
    expect(window.stores.executions.getState().listFailure).toMatch(/damaged/);
  });
});

describe('a task', () => {
  test('that was deleted is restored by Undo in the toast', async () => {
    const window = await connect('typical');
    await settle();
    const count = tasksOf(window).length;
    const { id } = taskNamed(window, 'Sync music library');
    await window.commands.tasks.remove(taskNamed(window, 'Sync music library'));
    await settle();
    expect(window.stores.schedule.getState().schedule?.tasks).toHaveLength(count - 1);
    toasts(window).at(-1)?.action?.run();
    await settle();
    const back = taskNamed(window, 'Sync music library');
    expect(back).toMatchObject({ id, status: 'paused', cronExpression: '0 */2 * * *' });
  });

  test('that was paused is resumed by Undo in the toast', async () => {
    const window = await connect('typical');
    await settle();
    const task = taskNamed(window, 'Tokyo market report');
    await window.commands.tasks.pause(task);
    await settle();
    expect(taskNamed(window, task.name).status).toBe('paused');
    toasts(window).at(-1)?.action?.run();
    await settle();
    expect(taskNamed(window, task.name).status).toBe('active');
  });

  test('runs missed slots later after one click, which can be undone', async () => {
    const window = await connect('typical');
    await settle();
    const task = taskNamed(window, 'Ping the shop');
    await window.commands.tasks.catchUp(task);
    await settle();
    expect(taskNamed(window, task.name).policies).toEqual({ ...task.policies, catchUp: 'once' });
    toasts(window).at(-1)?.action?.run();
    await settle();
    expect(taskNamed(window, task.name).policies).toEqual(task.policies);
  });

  test('moved to another group moves back by Undo in the toast', async () => {
    const window = await connect('typical');
    await settle();
    const before = taskNamed(window, 'Tokyo market report');
    await window.commands.tasks.reschedule(before, '*/5 * * * *', 'UTC');
    await settle();
    expect(taskNamed(window, 'Tokyo market report').timingId).not.toBe(before.timingId);
    toasts(window).at(-1)?.action?.run();
    await settle();
    expect(taskNamed(window, 'Tokyo market report')).toMatchObject({
      timingId: before.timingId,
      timezone: 'Asia/Tokyo',
    });
  });

  test('that the store refuses to change stays, and a toast gives the reason', async () => {
    const window = await connect('error');
    await settle();
    const count = tasksOf(window).length;
    await window.commands.tasks.remove(taskNamed(window, 'Ping the shop'));
    expect(tasksOf(window)).toHaveLength(count);
    expect(toasts(window)).toMatchObject([
      { tone: 'error', message: expect.stringMatching(/not valid JSON.*left as it is/) as string },
    ]);
  });
});

describe('a navigation request', () => {
  test('opens an execution, the task dialog or quick add', async () => {
    const { bridge, stores } = await connect('typical');
    await settle();
    bridge.emit('navigate', { view: 'execution', executionId: 'run-0001' });
    expect(stores.navigation.getState().route).toEqual({ view: 'execution', executionId: 'run-0001' });
    bridge.emit('navigate', { view: 'new-task' });
    expect(stores.navigation.getState().editor).toEqual({ kind: 'new' });
    bridge.emit('navigate', { view: 'quick-add' });
    expect(stores.navigation.getState().quickAddOpen).toBe(true);
  });
});

test('the window uses the theme of the settings', async () => {
  const { commands, stores } = await connect('typical');
  await settle();
  await commands.settings.change({ theme: 'dark' });
  expect(stores.preferences.getState().theme).toBe('dark');
  expect(stores.settings.getState().settings?.mcpServers).toHaveProperty('filesystem');
});

test('pausing everything is reversed by Undo in the toast', async () => {
  const window = await connect('typical');
  await settle();
  await window.commands.schedule.pauseAll();
  await settle();
  expect(window.stores.schedule.getState().schedule?.paused).not.toBeNull();
  toasts(window).at(-1)?.action?.run();
  await settle();
  expect(window.stores.schedule.getState().schedule?.paused).toBeNull();
});

describe('a doubtful run', () => {
  const criterion = { check: 'lacks', text: 'ERROR' } as const;

  test('becomes a failure from now on with one click, which can be undone', async () => {
    const window = await connect('doubtful');
    await settle();
    const task = taskNamed(window, 'Ping the shop');
    // The engines of the criteria are loaded at their first use, which takes real time.
    await window.commands.tasks.addCriterion(task, criterion);
    await settle();
    // What the task had is kept.
    expect(taskNamed(window, 'Ping the shop').policies).toEqual({ ...task.policies, success: [criterion] });
    const [toast] = toasts(window);
    expect(toast).toMatchObject({ message: 'From now on, such a run of “Ping the shop” is a failure.' });
    toast?.action?.run();
    await settle();
    expect(taskNamed(window, 'Ping the shop').policies).toEqual(task.policies);
  });

  test('is no longer looked for in a task that ignores doubts', async () => {
    const window = await connect('doubtful');
    await settle();
    void window.commands.tasks.ignoreDoubts(taskNamed(window, 'Deploy staging'));
    await settle();
    expect(taskNamed(window, 'Deploy staging').policies).toMatchObject({ doubt: 'ignore' });
  });
});
