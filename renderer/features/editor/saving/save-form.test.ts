import { describe, expect, test } from 'vitest';
import { SchedulerError } from '../../../../main/domain/errors.ts';
import { createCall } from '../../../bridge/client.ts';
import type { EditorPurpose } from '../../../stores/navigation-store.ts';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../../../testing/connected-window.ts';
import { alertFormOf } from '../alerts/alert-form.ts';
import { afterSaving, saveForm, type SavingWay } from './save-form.ts';
import { emptyForm, formOf, type TaskForm } from '../task-form.ts';

withFakeTime();

const typed: TaskForm = {
  ...emptyForm('UTC'),
  name: 'Copy photos',
  schedule: 'every day at 9am',
  parameters: { command: 'cp -r a b' },
};

const fresh: EditorPurpose = { kind: 'new' };

async function opened() {
  const window = await connect('typical');
  await settle();
  const call = createCall(window.bridge);
  const session = { call, stores: window.stores, commands: window.commands };
  const save = async (form: TaskForm, how: SavingWay, purpose = fresh, first = emptyForm('UTC')) => {
    const saving = await saveForm(session, purpose, { form, opened: first, how });
    if ('saved' in saving) await afterSaving(session, saving.saved, how);
    await settle();
    return saving;
  };
  return { ...window, call, save };
}

const runsOf = ({ stores }: Connected, name: string) =>
  stores.executions.getState().recent.filter(({ taskName }) => taskName === name);
const routeOf = ({ stores }: Connected) => stores.navigation.getState().route;

describe('the alerts of a task', () => {
  const hook = { kind: 'webhook', url: 'https://example.org/hook' } as const;
  const overrides = (window: Connected) => window.stores.settings.getState().settings?.alerts.overrides ?? {};

  test('go to its own channels, nowhere, or again where the rules say', async () => {
    const window = await opened();
    await window.commands.alerts.setChannel('ops', hook);
    const saved = await window.save({ ...typed, alertsTo: 'channels', alertChannels: ['ops'] }, {});
    const id = 'saved' in saved ? saved.saved.task.id : '';
    expect(overrides(window)).toEqual({ [id]: { channels: ['ops'] } });
    const purpose = { kind: 'edit', taskId: id } as const;
    const first = { ...formOf(taskNamed(window, typed.name)), ...alertFormOf(id, { overrides: overrides(window) }) };
    expect(first).toMatchObject({ alertsTo: 'channels', alertChannels: ['ops'] });
    await window.save({ ...first, alertsTo: 'nowhere' }, {}, purpose, first);
    expect(overrides(window)).toEqual({ [id]: { channels: [] } });
    await window.save(first, {}, purpose, { ...first, alertsTo: 'nowhere' });
    await window.save({ ...first, alertsTo: 'rules' }, {}, purpose, first);
    expect(overrides(window)).toEqual({});
  });

  test('need a channel, and a task is created without one that is gone', async () => {
    const window = await opened();
    expect(await window.save({ ...typed, alertsTo: 'channels' }, {})).toHaveProperty('refused.errors.alertChannels');
    await window.save({ ...typed, alertsTo: 'channels', alertChannels: ['gone'] }, {});
    expect(taskNamed(window, typed.name)).toBeDefined();
    expect(toasts(window).some(({ tone, message }) => tone === 'error' && message.includes('gone'))).toBe(true);
  });
});

describe('save and run', () => {
  test('creates the task, runs it and shows the log of that run', async () => {
    const window = await opened();
    await window.save(typed, { run: true });
    const [run] = runsOf(window, 'Copy photos');
    expect(run).toMatchObject({ trigger: 'manual' });
    expect(routeOf(window)).toEqual({ view: 'execution', executionId: run?.executionId });
  });

  test('saves a change before it runs, and runs a task in which nothing changed', async () => {
    const window = await opened();
    const task = taskNamed(window, 'Ping the shop');
    const first = formOf(task);
    const purpose = { kind: 'edit', taskId: task.id } as const;
    const changed = { ...first, tool: 'shell:run', parameters: { command: 'echo changed' } };
    await window.save(changed, { run: true }, purpose, first);
    expect(runsOf(window, task.name)[0]).toMatchObject({ trigger: 'manual', parameters: { command: 'echo changed' } });
    const count = runsOf(window, task.name).length;
    const now = formOf(taskNamed(window, 'Ping the shop'));
    await window.save(now, { run: true }, purpose, now);
    expect(runsOf(window, task.name)).toHaveLength(count + 1);
  });

  test.each([
    ['in the form', { schedule: '' }],
    ['found by the product', { schedule: 'every blue moon' }],
  ])('runs nothing with an error %s', async (_, wrong) => {
    const window = await opened();
    const before = window.stores.executions.getState().recent.length;
    const saving = await window.save({ ...typed, ...wrong }, { run: true });
    expect(saving).toMatchObject({ refused: { errors: { schedule: expect.any(String) as unknown } } });
    expect(window.stores.executions.getState().recent).toHaveLength(before);
    expect(window.stores.schedule.getState().schedule?.tasks.map(({ name }) => name)).not.toContain('Copy photos');
    expect(routeOf(window)).toEqual({ view: 'overview' });
  });

  test('does not run a task that is saved paused because its tool could not be checked', async () => {
    const window = await opened();
    await window.save(typed, { run: true, paused: true });
    expect(taskNamed(window, 'Copy photos').status).toBe('paused');
    expect(runsOf(window, 'Copy photos')).toEqual([]);
    expect(toasts(window).map(({ message }) => message)).toContain('“Copy photos” was created.');
  });

  test('says that the task is saved if it cannot run', async () => {
    const window = await opened();
    window.bridge.breakCall('tasks.trigger', new SchedulerError('worker/failed', 'No worker can be started.'));
    await window.save(typed, { run: true });
    expect(toasts(window).map(({ message }) => message)).toEqual([
      'No worker can be started.',
      expect.stringMatching(/“Copy photos” was created\. It runs in/),
    ]);
    expect(routeOf(window)).toEqual({ view: 'overview' });
  });
});

test('save alone runs nothing and stays where it is', async () => {
  const window = await opened();
  await window.save(typed, {});
  expect(runsOf(window, 'Copy photos')).toEqual([]);
  expect(routeOf(window)).toEqual({ view: 'overview' });
});

test('a task that was opened in words and saved unchanged keeps its schedule and its history', async () => {
  const window = await opened();
  for (const task of window.stores.schedule.getState().schedule?.tasks ?? []) {
    const { words } = await window.call('schedule.words', task);
    const first = formOf(task, words);
    await window.save(first, {}, { kind: 'edit', taskId: task.id }, first);
    const file = window.outside.store.read();
    expect(file.tasks[task.id]?.updatedAt).toBe(task.updatedAt);
    expect(words ?? '', task.cronExpression).toMatch(/[a-z]/i);
  }
});

test('what changed elsewhere while the dialog was open stays', async () => {
  const window = await opened();
  const task = taskNamed(window, 'Ping the shop');
  const first = formOf(task);
  const change = { schedule: '7 7 * * *', policies: { ...task.policies, timeoutMs: 77_000 } };
  await window.call('tasks.update', { taskId: task.id, change });
  await settle();
  const purpose = { kind: 'edit', taskId: task.id } as const;
  await window.save({ ...first, name: 'Ping it', retries: '2' }, {}, purpose, first);
  expect(taskNamed(window, 'Ping it')).toMatchObject({
    cronExpression: '7 7 * * *',
    policies: { timeoutMs: 77_000, retries: { count: 2 } },
  });
});
