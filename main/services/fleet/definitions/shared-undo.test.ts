import { afterEach, beforeEach, expect, it } from 'vitest';
import { twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

let machines: TwoMachines;
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
});
afterEach(() => machines.dispose());

type Machine = TwoMachines['one'];
const taskOn = (machine: Machine, id: string) => machine.outside.store.read().tasks[id];

async function shared(): Promise<string> {
  const id = await machines.one.create('Backup');
  await (await machines.one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
  await machines.two.sync();
  return id;
}

/** Returns the latest change of a task with this action. */
async function changeOf(machine: Machine, taskId: string, action: string) {
  const history = await machine.application.history();
  const found = history.list({ taskId, limit: 10 }).find((change) => change.action === action);
  return { id: found?.id ?? 0, obstacle: found?.obstacle, undo: () => history.undo(found?.id ?? 0, 'window') };
}

it('the creation of a task that is shared is not undone: that would delete it on every member', async () => {
  const id = await shared();
  for (const machine of [machines.one, machines.two]) {
    const creation = await changeOf(machine, id, 'task.create');
    const message = expect.stringContaining('Make it local with `unshare`, or delete it.') as string;
    await expect(creation.undo()).rejects.toMatchObject({ code: 'history/not-undoable', message });
    expect(creation.obstacle).toMatch(/`unshare`/);
  }
  await Promise.all([machines.one.sync(), machines.two.sync()]);
  expect([taskOn(machines.one, id), taskOn(machines.two, id)]).toMatchObject([{ name: 'Backup' }, { name: 'Backup' }]);
});

it('a deletion that came from the fleet is undone as a paused local task, which cannot run on two members', async () => {
  const id = await shared();
  await (await machines.one.application.fleet()).unshare(id, 'cli');
  await machines.two.sync();
  expect(taskOn(machines.two, id)).toBeUndefined();
  await (await changeOf(machines.two, id, 'task.delete')).undo();
  expect(taskOn(machines.two, id)).toMatchObject({
    status: 'paused',
    pauseNote: 'It is local now: share it, or resume it here.',
  });
  expect(taskOn(machines.two, id)?.shared).toBeUndefined();
  expect(taskOn(machines.one, id)).toMatchObject({ status: 'active' });
});

it('an undo that the operating system refuses is reverted on every member', async () => {
  const id = await shared();
  await (await machines.one.application.tasks()).update(id, { schedule: '*/5 * * * *' }, 'cli');
  const change = await changeOf(machines.one, id, 'task.update');
  machines.one.outside.os.refuse('no bus');
  await expect(change.undo()).rejects.toMatchObject({ code: expect.stringMatching(/^os\//) as string });
  await machines.two.sync();
  for (const machine of [machines.one, machines.two])
    expect(taskOn(machine, id)).toMatchObject({ cronExpression: '*/5 * * * *', shared: { revision: 4 } });
});

it('says that the undo stays if the fleet goes away before it is reverted', async () => {
  const id = await shared();
  await (await machines.one.application.tasks()).update(id, { schedule: '*/5 * * * *' }, 'cli');
  const change = await changeOf(machines.one, id, 'task.update');
  machines.one.outside.os.refuse('no bus');
  const { apply } = machines.one.outside.os;
  machines.one.outside.os.apply = (...group) => (machines.fleet.setAway(true), apply(...group));
  await expect(change.undo()).rejects.toMatchObject({
    message: expect.stringMatching(
      /no bus\. The change stays undone: .*The database of the fleet does not answer/,
    ) as string,
  });
  expect(taskOn(machines.one, id)).toMatchObject({ cronExpression: '* * * * *', shared: { revision: 3 } });
});
