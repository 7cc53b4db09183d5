import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunsOn } from '../../../contract/fleet.ts';
import { fleetUrl, twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

let machines: TwoMachines;
beforeEach(async () => (machines = await twoMachines()));
afterEach(() => machines.dispose());

const one = () => machines.one;
const two = () => machines.two;
const taskOn = (machine: TwoMachines['one'], id: string) => machine.outside.store.read().tasks[id];
const everyOne: RunsOn = { mode: 'one', tags: [] };

async function shared(): Promise<string> {
  const id = await one().create('Backup');
  await (await one().application.fleet()).share(id, everyOne, 'cli');
  await two().sync();
  return id;
}

describe('sharing a task', () => {
  beforeEach(() => machines.bothJoin());

  it('brings it to the other member, with who made it', async () => {
    const id = await shared();
    expect(taskOn(two(), id)).toMatchObject({
      ...{ name: 'Backup', tool: 'shell:run', status: 'active', timingId: 'every-min' },
      shared: { revision: 1, runsOn: everyOne, author: 'laptop' },
    });
    expect(two().outside.ledger.changes({}, 1)).toMatchObject([{ author: 'cli on laptop', action: 'task.create' }]);
    expect([...two().outside.os.installed.keys()]).toContain('every-min');
  });

  it('brings each change, pause and deletion from either side', async () => {
    const id = await shared();
    const [ours, theirs] = [await one().application.tasks(), await two().application.tasks()];
    await theirs.update(id, { name: 'Nightly', schedule: '*/5 * * * *' }, 'window');
    await one().sync();
    expect(taskOn(one(), id)).toMatchObject({
      name: 'Nightly',
      timingId: 'every-5min',
      shared: { revision: 2, author: 'server' },
    });
    await ours.pause(id, { note: 'holiday' }, 'cli');
    await two().sync();
    expect(taskOn(two(), id)).toMatchObject({ status: 'paused', pauseNote: 'holiday' });
    await theirs.resume(id, 'cli');
    await one().sync();
    expect(taskOn(one(), id)).toMatchObject({ status: 'active', shared: { revision: 4 } });
    expect(taskOn(one(), id)?.pauseNote).toBeUndefined();
    await ours.delete(id, 'cli');
    await two().sync();
    expect(taskOn(two(), id)).toBeUndefined();
    expect(two().outside.store.read().timings).toEqual({});
    expect(two().outside.ledger.changes({}, 1)).toMatchObject([{ author: 'cli on laptop', action: 'task.delete' }]);
  });

  it('tells both sides of a conflict, and writes neither', async () => {
    const id = await shared();
    await (await two().application.tasks()).update(id, { name: 'Theirs' }, 'cli');
    const change = (await one().application.tasks()).update(id, { name: 'Mine' }, 'cli');
    await expect(change).rejects.toMatchObject({
      code: 'fleet/conflict',
      message: expect.stringContaining('name: yours "Mine", theirs "Theirs"') as string,
      details: { member: 'server', revision: 2, fields: [{ field: 'name', yours: 'Mine', theirs: 'Theirs' }] },
    });
    // It now has theirs, so that the change can be made again.
    expect(taskOn(one(), id)).toMatchObject({ name: 'Theirs', shared: { revision: 2 } });
    await (await one().application.tasks()).update(id, { name: 'Mine' }, 'cli');
    expect(taskOn(one(), id)).toMatchObject({ name: 'Mine', shared: { revision: 3 } });
  });

  it('lets nobody change it while the database is away, and says why', async () => {
    const id = await shared();
    const local = await one().create('Local');
    machines.fleet.setAway(true);
    const tasks = await one().application.tasks();
    await expect(tasks.update(id, { name: 'New' }, 'cli')).rejects.toMatchObject({
      code: 'fleet/away',
      message: expect.stringContaining('can be read but not changed now') as string,
    });
    expect(taskOn(one(), id)?.name).toBe('Backup');
    await tasks.update(local, { name: 'Still mine' }, 'cli');
    expect(taskOn(one(), local)?.name).toBe('Still mine');
  });

  it('refuses values of secrets, which never leave a machine', async () => {
    const id = await one().create('Upload', { env: { API_TOKEN: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789' } });
    await expect((await one().application.fleet()).share(id, everyOne, 'cli')).rejects.toMatchObject({
      code: 'fleet/secret-value',
      message: expect.stringContaining('env contains what looks like a secret') as string,
    });
    const safe = await one().create('Safe', { env: { API_TOKEN: '${secret:API_TOKEN}' } });
    expect(await (await one().application.fleet()).share(safe, everyOne, 'cli')).toMatchObject({
      shared: { revision: 1 },
    });
  });

  it('is undone by unshare: local here, gone there, and shared again later', async () => {
    const id = await shared();
    const fleet = await one().application.fleet();
    expect((await fleet.unshare(id, 'cli')).shared).toBeUndefined();
    await two().sync();
    expect(taskOn(two(), id)).toBeUndefined();
    await expect(fleet.unshare(id, 'cli')).rejects.toMatchObject({ code: 'fleet/not-shared' });
    await fleet.share(id, { mode: 'each', tags: [] }, 'cli');
    await two().sync();
    expect(taskOn(two(), id)).toMatchObject({ shared: { revision: 3, runsOn: { mode: 'each' } } });
  });

  it('undoes a change of another member on any member, with that member as its author', async () => {
    const id = await shared();
    await (await one().application.tasks()).update(id, { name: 'Renamed' }, 'cli');
    await two().sync();
    const history = await two().application.history();
    const [change] = history.list({ taskId: id, limit: 1 });
    expect(change).toMatchObject({ author: 'cli on laptop' });
    await history.undo(change?.id ?? 0, 'window');
    expect(taskOn(two(), id)).toMatchObject({ name: 'Backup', shared: { revision: 3, author: 'server' } });
    await one().sync();
    expect(taskOn(one(), id)).toMatchObject({ name: 'Backup', shared: { revision: 3 } });
    expect((await one().application.history()).list({ taskId: id, limit: 1 })).toMatchObject([
      { author: 'window on server' },
    ]);
  });

  it('is not undone while the database is away, and sharing is not undone at all', async () => {
    const id = await shared();
    await (await one().application.tasks()).update(id, { name: 'Renamed' }, 'cli');
    const history = await one().application.history();
    const numberOf = (action: string) =>
      one()
        .outside.ledger.changes({}, 10)
        .find((record) => record.action === action)?.sequence ?? 0;
    machines.fleet.setAway(true);
    await expect(history.undo(numberOf('task.update'), 'cli')).rejects.toMatchObject({ code: 'fleet/away' });
    expect(taskOn(one(), id)).toMatchObject({ name: 'Renamed', shared: { revision: 2 } });
    machines.fleet.setAway(false);
    await expect(history.undo(numberOf('task.share'), 'cli')).rejects.toMatchObject({ code: 'history/not-undoable' });
  });

  it('cannot be bypassed by changes of many tasks or a copy', async () => {
    const id = await shared();
    const before = structuredClone(taskOn(one(), id));
    const bulk = await one().application.bulkChanges();
    await expect(bulk.apply([id], { action: 'pause' }, 'cli')).rejects.toMatchObject({ code: 'fleet/shared-task' });
    expect(taskOn(one(), id)).toEqual(before);
  });

  it('comes back after an older backup of the definitions was restored', async () => {
    const id = await shared();
    await (await one().application.tasks()).update(id, { name: 'Newer' }, 'cli');
    await two().sync();
    const { store } = two().outside;
    const older = store.backups().find(({ file }) => file?.tasks[id]?.name === 'Backup');
    store.restore(older?.name ?? '');
    expect(taskOn(two(), id)?.name).toBe('Backup');
    await two().sync();
    expect(taskOn(two(), id)?.name).toBe('Newer');
  });
});

describe('leaving the fleet', () => {
  it('keeps its tasks as local tasks, paused', async () => {
    await machines.bothJoin();
    const id = await shared();
    const fleet = await two().application.fleet();
    expect(await fleet.leave('cli')).toEqual({ told: true, problem: null, tasks: ['Backup'] });
    expect(taskOn(two(), id)).toMatchObject({
      status: 'paused',
      pauseNote: expect.stringContaining('left the fleet') as string,
    });
    expect(taskOn(two(), id)?.shared).toBeUndefined();
    expect(await fleet.state()).toBeNull();
    expect((await (await one().application.fleet()).members()).map(({ name }) => name)).toEqual(['laptop']);
    await expect(fleet.members()).rejects.toMatchObject({ code: 'fleet/not-joined' });
  });

  const joinAgain = async () => {
    const fleet = await two().application.fleet();
    const accept = (await fleet.look(fleetUrl)).map(({ fingerprint }) => fingerprint);
    return fleet.join({ url: fleetUrl, name: 'server', tags: [], accept, author: 'cli' });
  };

  it('loses nothing of a task that was changed before this machine joined again', async () => {
    await machines.bothJoin();
    const id = await shared();
    await (await two().application.fleet()).leave('cli');
    await (await two().application.tasks()).update(id, { parameters: { command: './mine.sh' } }, 'cli');
    expect(await joinAgain()).toMatchObject({ kept: ['Backup (local copy)'] });
    expect(taskOn(two(), id)).toMatchObject({
      name: 'Backup',
      parameters: { command: 'true' },
      shared: { revision: 1 },
    });
    const copies = Object.values(two().outside.store.read().tasks).filter((task) => task.id !== id);
    expect(copies).toMatchObject([
      {
        ...{ name: 'Backup (local copy)', status: 'paused', parameters: { command: './mine.sh' } },
        pauseNote: expect.stringContaining('the fleet has another one') as string,
      },
    ]);
    expect(copies[0]?.shared).toBeUndefined();
    expect(two().outside.store.read().timings[copies[0]?.timingId ?? '']?.taskIds).toContain(copies[0]?.id);
    expect(two().outside.ledger.changes({ taskId: copies[0]?.id ?? '' }, 1)).toMatchObject([
      { author: 'fleet', action: 'task.create' },
    ]);
  });

  it('frees its name, also if the database was away', async () => {
    await machines.bothJoin();
    machines.fleet.setAway(true);
    expect(await (await two().application.fleet()).leave('cli')).toMatchObject({ told: false });
    machines.fleet.setAway(false);
    await joinAgain();
    const members = await (await one().application.fleet()).members();
    expect(members.map(({ name, key }) => `${name} ${key}`)).toEqual(['laptop own', 'server accepted']);
  });

  it('does not make the others accept its key again, whatever its name is then', async () => {
    await machines.bothJoin();
    const fleet = await two().application.fleet();
    await fleet.leave('cli');
    const accept = (await fleet.look(fleetUrl)).map(({ fingerprint }) => fingerprint);
    await fleet.join({ url: fleetUrl, name: 'rack-2', tags: [], accept, author: 'cli' });
    const id = await two().create('Nightly');
    await fleet.share(id, everyOne, 'cli');
    await one().sync();
    expect(taskOn(one(), id)).toMatchObject({ name: 'Nightly', shared: { author: 'rack-2' } });
    expect((await (await one().application.fleet()).members()).at(-1)).toMatchObject({
      name: 'rack-2',
      key: 'accepted',
    });
  });

  it('makes no copy of a task that only others changed', async () => {
    await machines.bothJoin();
    const id = await shared();
    await (await two().application.fleet()).leave('cli');
    await (await one().application.tasks()).update(id, { name: 'Nightly' }, 'cli');
    expect(await joinAgain()).toMatchObject({ kept: [] });
    expect(Object.values(two().outside.store.read().tasks)).toMatchObject([{ id, name: 'Nightly', status: 'active' }]);
  });
});

describe('joining a fleet', () => {
  it('refuses wrong names and tags, a name that is taken and a second fleet', async () => {
    await one().join('laptop', { tags: ['b', 'a', 'a'] });
    const fleet = await two().application.fleet();
    const options = { url: fleetUrl, tags: [], accept: [], author: 'cli' };
    await expect(fleet.join({ ...options, name: 'a b' })).rejects.toMatchObject({ code: 'fleet/invalid-name' });
    await expect(fleet.join({ ...options, name: 'x', tags: ['GPU'] })).rejects.toMatchObject({
      code: 'fleet/invalid-tag',
    });
    await expect(fleet.join({ ...options, name: 'laptop' })).rejects.toMatchObject({ code: 'fleet/name-taken' });
    expect(two().outside.inFleet()).toBe(false);
    await expect(one().join('again')).rejects.toMatchObject({ code: 'fleet/already-joined' });
    expect(await (await one().application.fleet()).state()).toMatchObject({
      ...{
        name: 'laptop',
        tags: ['a', 'b'],
        address: 'ncp at localhost:5432',
        problem: null,
        sharedTasks: 0,
        refused: [],
      },
    });
  });

  it('keeps the password encrypted, and names the database without it', async () => {
    await one().join('laptop');
    const file = (await one().outside.fleetFile()).read();
    expect(JSON.stringify(file)).not.toContain('secret@');
    expect(file?.address).toBe('ncp at localhost:5432');
  });
});
