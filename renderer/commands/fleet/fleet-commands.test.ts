import { expect, test } from 'vitest';
import { fleetUrl } from '../../../main/testing/fleet/two-machines.ts';
import { saveForm } from '../../features/editor/saving/save-form.ts';
import { emptyForm, formOf } from '../../features/editor/task-form.ts';
import { createCall } from '../../bridge/client.ts';
import { connect, settle, taskNamed, toasts, withFakeTime, type Connected } from '../../testing/connected-window.ts';

withFakeTime();

const answer = ({ stores }: Connected) => stores.fleet.getState().answer;
const memberNamed = (window: Connected, name: string) => {
  const member = answer(window)?.members?.find((each) => each.name === name);
  if (member === undefined) throw new Error(`no member ${name}`);
  return member;
};
const messages = (window: Connected) => toasts(window).map(({ message }) => message);

async function opened(scenario: 'typical' | 'fleet') {
  const window = await connect(scenario);
  await settle();
  await window.commands.fleet.load();
  return window;
}

test('a machine prepares a database, joins, and shows an invitation without the password', async () => {
  const window = await opened('typical');
  expect(answer(window)).toEqual({ fleet: null, members: null });
  expect(await window.commands.fleet.look(fleetUrl)).toBeNull();
  expect(messages(window).at(-1)).toContain('has no fleet');
  await window.commands.fleet.init(fleetUrl);
  expect(await window.commands.fleet.look(fleetUrl)).toEqual([]);
  await window.commands.fleet.join({ url: fleetUrl, name: 'laptop', tags: ['gpu'], accept: [] });
  expect(answer(window)).toMatchObject({
    fleet: { name: 'laptop', tags: ['gpu'], problem: null },
    members: [{ key: 'own' }],
  });
  expect(answer(window)?.fleet?.invitation).toBe('postgresql://kim@localhost/ncp');
  await window.commands.fleet.leave();
  expect(answer(window)).toEqual({ fleet: null, members: null });
});

test('a key is withdrawn and accepted, a member drained, one that is gone removed', async () => {
  const window = await opened('fleet');
  const { fleet } = window.commands;
  await fleet.withdraw(memberNamed(window, 'server'));
  expect(memberNamed(window, 'server').key).toBe('withdrawn');
  await fleet.accept(memberNamed(window, 'server'));
  expect(memberNamed(window, 'server').key).toBe('accepted');
  await fleet.drain(memberNamed(window, 'server'), true);
  expect(memberNamed(window, 'server').draining).toBe(true);
  await fleet.drain(memberNamed(window, 'server'), false);
  expect(memberNamed(window, 'server').draining).toBe(false);
  await fleet.remove(memberNamed(window, 'server'));
  expect(messages(window).at(-1)).toContain('sign of life');
  await fleet.remove(memberNamed(window, 'rack-2'));
  expect(answer(window)?.members?.map(({ name }) => name)).toEqual(['laptop', 'server']);
});

test('the editor shares a task, changes where it runs, and makes it local again', async () => {
  const window = await opened('fleet');
  const call = createCall(window.bridge);
  const session = { call, stores: window.stores, commands: window.commands };
  const typed = { ...emptyForm('UTC'), name: 'Train', schedule: 'every day at 9am', parameters: { command: 'train' } };
  const form = { ...typed, runsOn: 'one' as const, memberTags: ['gpu', 'linux'] };
  const created = await saveForm(session, { kind: 'new' }, { form, opened: typed, how: {} });
  expect(created).toHaveProperty('saved');
  await settle();
  const task = taskNamed(window, 'Train');
  expect(task.shared).toMatchObject({ runsOn: { mode: 'one', tags: ['gpu', 'linux'] } });
  const first = formOf(task);
  const edit = { kind: 'edit', taskId: task.id } as const;
  const each = { ...first, runsOn: 'each' as const, memberTags: ['arm'] };
  await saveForm(session, edit, { form: each, opened: first, how: {} });
  await settle();
  expect(taskNamed(window, 'Train').shared).toMatchObject({ runsOn: { mode: 'each', tags: ['arm'] } });
  expect(messages(window).at(-1)).toMatch(/^No member can run "Train" now: /);
  await saveForm(session, edit, { form: { ...each, runsOn: 'here' }, opened: each, how: {} });
  await settle();
  expect(taskNamed(window, 'Train').shared).toBeUndefined();
});

test('a task that the fleet refuses is not created', async () => {
  const window = await opened('fleet');
  window.outside.fleet().setAway(true);
  const session = { call: createCall(window.bridge), stores: window.stores, commands: window.commands };
  const typed = { ...emptyForm('UTC'), name: 'Train', schedule: 'every hour', parameters: { command: 'train' } };
  const form = { ...typed, runsOn: 'one' as const };
  expect(await saveForm(session, { kind: 'new' }, { form, opened: typed, how: {} })).toMatchObject({
    refused: { errors: { runsOn: 'The database of the fleet does not answer.' } },
  });
  await settle();
  expect(() => taskNamed(window, 'Train')).toThrow('no task');
});

test('the runs of all members are listed with their machine, and a log on one that is away says so', async () => {
  const window = await opened('fleet');
  const runs = await window.commands.fleet.runs({});
  if ('failure' in runs) throw new Error(runs.failure);
  expect(runs.runs).toMatchObject([
    { member: 'server', status: 'running' },
    { member: 'rack-2', status: 'failure' },
  ]);
  expect(await window.commands.fleet.runs({ member: 'rack-2' })).toMatchObject({
    runs: [{ member: 'rack-2' }],
    more: false,
  });
  const reading = window.commands.fleet.readLog(runs.runs[1]?.executionId ?? '', 0);
  await settle(10_000);
  expect(await reading).toEqual({
    failure: expect.stringMatching(/^The log is on rack-2, which does not answer/) as string,
  });
  window.outside.fleet().setAway(true);
  expect(await window.commands.fleet.runs({})).toEqual({ failure: 'The database of the fleet does not answer.' });
});
