import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateKeyPairSync } from 'node:crypto';
import { keysOf } from '../../../adapters/storage/fleet/member-keys.ts';
import type { StoredDefinition } from '../../../ports/fleet/shared-tasks.ts';
import { fleetUrl, twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

let machines: TwoMachines;
let taskId: string;
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
  taskId = await machines.one.create('Backup');
  await (await machines.one.application.fleet()).share(taskId, { mode: 'one', tags: [] }, 'cli');
  await machines.two.sync();
});
afterEach(() => machines.dispose());

const stored = () => machines.two.outside.store.read().tasks[taskId];
const refused = async () => (await (await machines.two.application.fleet()).state())?.refused;
const rows = () => machines.fleet.tables(fleetUrl).definitions;

/** Writes a row as somebody with access to the database can. */
function forge(change: (latest: StoredDefinition) => Partial<StoredDefinition>, id = taskId): void {
  const tables = machines.fleet.tables(fleetUrl);
  const latest = tables.definitions.get(taskId)?.at(-1);
  if (latest === undefined) throw new Error('no row');
  const row = { ...latest, taskId: id, change: (tables.change += 1), ...change(latest) };
  tables.definitions.set(id, [...(tables.definitions.get(id) ?? []), row]);
}
const changed = (text: string) =>
  text.replace('"command":"true"', '"command":"evil"').replace('"revision":1', '"revision":2');

describe('a row that was forged in the database', () => {
  it.each([
    ['with a changed command', (row: StoredDefinition) => ({ revision: 2, text: changed(row.text) }), 'bad-signature'],
    [
      'with a changed command and the same revision',
      (row: StoredDefinition) => ({ text: row.text.replace('true', 'evil') }),
      'bad-signature',
    ],
    [
      'signed by a key that nobody accepted',
      (row: StoredDefinition) => signedBy(changed(row.text), 'stranger'),
      'unknown-key',
    ],
    [
      'signed by another key in the name of a member',
      (row: StoredDefinition) => signedBy(changed(row.text), row.authorId),
      'changed-key',
    ],
    ['that repeats an old text as a new revision', () => ({ revision: 2 }), 'wrong-row'],
  ])('%s runs nowhere, and the status names it', async (_, change, reason) => {
    forge(change);
    await machines.two.sync();
    expect(stored()?.parameters).toEqual({ command: 'true' });
    expect(await refused()).toMatchObject([{ taskId, reason }]);
  });

  it('that repeats an old revision is refused, and the newer one stays', async () => {
    await (await machines.one.application.tasks()).update(taskId, { name: 'Newer' }, 'cli');
    await machines.two.sync();
    const [first] = rows().get(taskId) ?? [];
    forge(() => ({ ...first, change: (machines.fleet.tables(fleetUrl).change += 1) }));
    await machines.two.sync();
    expect(stored()?.name).toBe('Newer');
    expect(await refused()).toMatchObject([
      { reason: 'old-revision', message: expect.stringContaining('accepted revision 2') as string },
    ]);
  });

  it('of another task or fleet is refused', async () => {
    forge(() => ({}), 'other-task');
    await machines.two.sync();
    expect(machines.two.outside.store.read().tasks['other-task']).toBeUndefined();
    expect(await refused()).toMatchObject([{ taskId: 'other-task', reason: 'wrong-row' }]);
  });

  it('that deletes a task is refused too', async () => {
    forge(({ text }) =>
      signedBy(JSON.stringify({ ...(JSON.parse(text) as object), revision: 2, task: null, runsOn: null }), 'stranger'),
    );
    await machines.two.sync();
    expect(stored()).toBeDefined();
  });

  it('is forgotten once the task has a revision that counts', async () => {
    forge((row) => ({ revision: 2, text: changed(row.text) }));
    await machines.two.sync();
    rows().set(taskId, (rows().get(taskId) ?? []).slice(0, 1));
    await (await machines.one.application.tasks()).update(taskId, { name: 'Newer' }, 'cli');
    await machines.two.sync();
    expect(stored()?.name).toBe('Newer');
    expect(await refused()).toEqual([]);
  });
});

describe('the key of a new member', () => {
  it('waits until a person accepts it; then its tasks are taken over', async () => {
    const fleet = await machines.two.application.fleet();
    const third = await twoMachines();
    third.one.outside.useFleet(machines.fleet);
    Object.assign(third.one.outside, {
      newId: (() => {
        let n = 0;
        return () => `c-${(n += 1)}`;
      })(),
    });
    await third.one.join('desktop');
    const id = await third.one.create('From the desktop');
    await (await third.one.application.fleet()).share(id, { mode: 'each', tags: [] }, 'cli');
    await machines.two.sync();
    expect(machines.two.outside.store.read().tasks[id]).toBeUndefined();
    expect(await refused()).toMatchObject([{ taskId: id, taskName: 'From the desktop', reason: 'unknown-key' }]);
    const desktop = (await fleet.members()).find(({ name }) => name === 'desktop');
    expect(desktop).toMatchObject({ key: 'waiting', alive: true });
    await expect(fleet.accept('desktop', 'SHA256:other', 'cli')).rejects.toMatchObject({ code: 'fleet/key-changed' });
    await expect(fleet.accept('nobody', 'SHA256:other', 'cli')).rejects.toMatchObject({ code: 'fleet/not-found' });
    expect(await fleet.accept('desktop', desktop?.fingerprint ?? '', 'cli')).toMatchObject({
      member: { key: 'accepted' },
    });
    expect(machines.two.outside.store.read().tasks[id]).toMatchObject({ name: 'From the desktop' });
    expect(await refused()).toEqual([]);
    third.dispose();
  });
});

function signedBy(text: string, authorId: string): Partial<StoredDefinition> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const keys = keysOf(() => privateKey);
  return { revision: 2, text, signature: keys.sign(text), authorId, authorKey: keys.publicKey() };
}

describe('a key that is withdrawn', () => {
  const minute = 60_000;
  const two = async () => machines.two.application.fleet();
  const withdraw = async () => (await two()).withdraw('laptop', 'cli');
  const fire = () => {
    machines.clock.advance(minute);
    return machines.two.fire();
  };
  const fate = 'not-eligible: this machine no longer accepts the key of laptop';

  it('starts nothing more that it signed, and says so, until it is accepted again', async () => {
    expect(await withdraw()).toMatchObject([{ name: 'laptop' }]);
    expect(await refused()).toMatchObject([{ taskId, reason: 'withdrawn-key', revision: 1 }]);
    expect(await (await two()).members()).toMatchObject([{ name: 'laptop', key: 'withdrawn' }, { name: 'server' }]);
    expect(await fire()).toEqual([]);
    expect(machines.two.fates(taskId)).toEqual([fate]);
    const { publicKey } = await (await two()).find('laptop');
    await (await two()).accept('laptop', (await machines.two.outside.memberKeys()).fingerprint(publicKey), 'cli');
    expect(await refused()).toEqual([]);
    expect(await fire()).toHaveLength(1);
  });

  it.each<[string, () => Promise<void> | void]>([
    [
      'its holder saves another revision',
      async () => {
        await (await machines.one.application.tasks()).update(taskId, { parameters: { command: 'evil' } }, 'cli');
      },
    ],
    ['a stranger saves one', () => forge((row) => signedBy(changed(row.text), 'stranger'))],
    ['somebody deletes what is in the database', () => rows().clear()],
  ])('starts nothing also if %s afterwards', async (_, then) => {
    await withdraw();
    await then();
    await machines.two.sync();
    expect(stored()?.parameters).toEqual({ command: 'true' });
    expect(await fire()).toEqual([]);
    expect(machines.two.fates(taskId)).toEqual([fate]);
  });

  it('starts nothing also if the database was cleared before, or is away', async () => {
    rows().clear();
    machines.fleet.setAway(true);
    await withdraw();
    machines.fleet.setAway(false);
    expect(await fire()).toEqual([]);
  });

  it('cannot keep others from changing the task, whose version then runs', async () => {
    await withdraw();
    const theirs = await machines.one.application.tasks();
    await theirs.update(taskId, { name: 'Theirs' }, 'cli');
    await theirs.update(taskId, { name: 'Theirs again' }, 'cli');
    const mine = await machines.two.application.tasks();
    await mine.update(taskId, { name: 'Mine' }, 'cli');
    expect(stored()).toMatchObject({ name: 'Mine', shared: { revision: 4, author: 'server' } });
    expect(await fire()).toMatchObject([{ taskName: 'Mine', status: 'success' }]);
    await mine.pause(taskId, {}, 'cli');
    await (await two()).unshare(taskId, 'cli');
    expect(stored()?.shared).toBeUndefined();
  });

  it('keeps a version that another member signed, and refuses those that come after it', async () => {
    await (await machines.two.application.tasks()).update(taskId, { name: 'Mine' }, 'cli');
    await withdraw();
    expect(await refused()).toEqual([]);
    await machines.one.sync();
    await (await machines.one.application.tasks()).update(taskId, { name: 'Theirs' }, 'cli');
    await machines.two.sync();
    expect(await refused()).toMatchObject([{ reason: 'withdrawn-key', revision: 3 }]);
    expect(await fire()).toMatchObject([{ taskName: 'Mine', status: 'success' }]);
  });

  it('does not run after another task', async () => {
    const local = await machines.two.create('Fetch', { schedule: 'every day at 9am' });
    machines.two.outside.store.update((draft) => {
      const task = draft.tasks[taskId];
      if (task !== undefined) task.policies = { after: [{ taskId: local, on: 'end' }] };
    });
    const runs = await machines.two.application.runs();
    const followed = async () => {
      await runs.trigger(local, { trigger: 'manual' });
      return machines.two.outside.ledger.latestRuns([taskId], 5).get(taskId)?.length ?? 0;
    };
    expect(await followed()).toBe(1);
    await withdraw();
    expect(await followed()).toBe(1);
  });

  it('is the one that was accepted, whatever the database says of the member, and also after it was removed', async () => {
    const tables = machines.fleet.tables(fleetUrl);
    for (const [id, member] of tables.members)
      if (member.name === 'laptop') tables.members.set(id, { ...member, publicKey: 'another' });
    const accepted = machines.two.outside;
    const before = Object.values((await accepted.fleetFile()).read()?.accepted ?? {}).find(
      (one) => one.name === 'laptop',
    );
    machines.clock.advance(3 * minute);
    await (await two()).remove('laptop', 'cli');
    expect(await fire()).toHaveLength(1);
    await withdraw();
    expect((await accepted.fleetFile()).read()).toMatchObject({ withdrawn: [{ key: before?.key }], removed: {} });
    expect(await fire()).toEqual([]);
  });

  it('must have been accepted, and be of another machine', async () => {
    for (const name of ['server', 'nobody'])
      await expect((await two()).withdraw(name, 'cli')).rejects.toMatchObject({ code: 'fleet/not-accepted' });
    await withdraw();
    await expect(withdraw()).rejects.toMatchObject({ code: 'fleet/not-accepted' });
  });
});
