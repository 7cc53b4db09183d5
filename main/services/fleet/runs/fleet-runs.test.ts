import { afterEach, beforeEach, expect, it } from 'vitest';
import { fleetRunFilterSchema } from '../../../contract/fleet-runs.ts';
import type { RunsOn } from '../../../contract/fleet.ts';
import { quietListener } from '../../../testing/memory-application.ts';
import { fleetUrl, twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

const slot = '2026-11-23T12:00:00.000Z';
let machines: TwoMachines;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  machines.dispose();
});

async function shared(runsOn: RunsOn = { mode: 'one', tags: [] }): Promise<string> {
  const id = await machines.one.create('Backup', { parameters: { command: 'print hello' } });
  await (await machines.one.application.fleet()).share(id, runsOn, 'cli');
  await machines.two.sync();
  return id;
}
const listed = async (machine: TwoMachines['one'], filter: object = {}) =>
  (await (await machine.application.fleet()).runs(fleetRunFilterSchema.parse(filter))).runs;
const fleetOf = (machine: TwoMachines['one']) => machine.application.fleet();

/** Makes a machine the primary of its data directory, so that it answers the fleet. */
async function leading(machine: TwoMachines['one']): Promise<void> {
  const primary = await machine.application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  stops.push(() => primary.stop());
  await listening();
}

/** Lets what was begun go on; nothing of it waits for the clock. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until a machine that leads listens to the fleet: it may still load modules, which no clock tells. */
const listening = () =>
  expect.poll(() => machines.fleet.tables(fleetUrl).askers.size, { timeout: 20_000 }).toBeGreaterThan(0);

/** Waits until every request for a log has its answer, but those that can get none. */
const answered = (mayStayOpen: number) =>
  expect
    .poll(() => [...machines.fleet.tables(fleetUrl).requests.values()].filter(({ answer }) => answer === null).length, {
      timeout: 20_000,
    })
    .toBeLessThanOrEqual(mayStayOpen);

/** Waits for an action while the clock advances. */
async function passing<T>(action: Promise<T>, mayStayOpen = 0): Promise<T> {
  let isDone = false;
  const done = action.finally(() => (isDone = true));
  done.catch(() => undefined);
  for (let turn = 0; turn < 200 && !isDone; turn += 1) {
    await settled();
    if (stops.length > 0) await answered(mayStayOpen);
    machines.clock.advance(100);
  }
  return done;
}

it('every member lists the runs of shared tasks, with the member that ran them', async () => {
  await shared();
  const local = await machines.one.create('Private');
  await machines.one.fire(slot);
  const runs = await listed(machines.two);
  expect(runs).toMatchObject([{ taskName: 'Backup', member: 'laptop', status: 'success', attempt: 1, slot }]);
  expect(runs.some(({ taskId }) => taskId === local)).toBe(false);
  expect(Object.keys(runs[0] ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/parameters|result|logPath/)]),
  );
  expect(await listed(machines.two, { member: 'server' })).toEqual([]);
});

it('each member reports its own run of a task that each of them runs', async () => {
  await shared({ mode: 'each', tags: [] });
  await machines.one.fire(slot);
  await machines.two.fire(slot);
  expect((await listed(machines.one)).map(({ member }) => member).sort()).toEqual(['laptop', 'server']);
});

it('a run that ended while the database was away is reported once it answers', async () => {
  await shared({ mode: 'each', tags: [] });
  machines.fleet.setAway(true);
  await passing(machines.one.fire(slot));
  machines.fleet.setAway(false);
  // A database that did not answer is not asked again for a moment.
  machines.clock.advance(10_000);
  expect(await listed(machines.two)).toEqual([]);
  await leading(machines.one);
  await expect
    .poll(() => listed(machines.two), { timeout: 10_000 })
    .toMatchObject([{ member: 'laptop', status: 'success' }]);
});

it('a member reads the log of a run of another member that is there', async () => {
  await shared();
  const [run] = await machines.one.fire(slot);
  await leading(machines.one);
  const read = (await fleetOf(machines.two)).readLog({ executionId: run?.executionId ?? '', offset: 0 });
  const own = (await machines.one.application.logs()).read(run?.executionId ?? '', 0);
  expect(await passing(read)).toEqual(own);
});

it('a log on a member that does not answer is away, and says where it is', async () => {
  await shared();
  const [run] = await machines.one.fire(slot);
  const read = (await fleetOf(machines.two)).readLog({ executionId: run?.executionId ?? '', offset: 0 });
  await expect(passing(read)).rejects.toMatchObject({
    code: 'fleet/log-away',
    message: expect.stringMatching(/^The log is on laptop, which does not answer now/) as string,
  });
  const unknown = (await fleetOf(machines.two)).readLog({ executionId: 'nowhere', offset: 0 });
  await expect(unknown).rejects.toMatchObject({ code: 'fleet/run-not-found' });
});

it('a log is given only to members whose keys are accepted, and never of a local task', async () => {
  await shared();
  const [run] = await machines.one.fire(slot);
  await leading(machines.one);
  await (await fleetOf(machines.one)).withdraw('server', 'cli');
  const executionId = run?.executionId ?? '';
  const refused = (await fleetOf(machines.two)).readLog({ executionId, offset: 0 });
  await expect(passing(refused)).rejects.toMatchObject({
    code: 'fleet/log-refused',
    message: expect.stringContaining('is not accepted there') as string,
  });
});

it('a request that was changed in the database gets no log', async () => {
  await shared();
  const [run] = await machines.one.fire(slot);
  const reading = (await fleetOf(machines.two)).readLog({ executionId: run?.executionId ?? '', offset: 0 });
  reading.catch(() => undefined);
  await settled();
  const { requests } = machines.fleet.tables(fleetUrl);
  for (const [id, request] of requests)
    requests.set(id, { ...request, text: request.text.replace('"offset":0', '"offset":1') });
  await leading(machines.one);
  for (const { asked } of machines.fleet.tables(fleetUrl).askers) asked();
  await expect(passing(reading)).rejects.toMatchObject({ code: 'fleet/log-refused' });
});

it('a request that cannot be answered keeps no other from its answer', async () => {
  await shared();
  const [run] = await machines.one.fire(slot);
  await leading(machines.one);
  const { requests } = machines.fleet.tables(fleetUrl);
  const { set } = requests;
  let isFirst = true;
  requests.set = (id, request) => {
    // An answer to it cannot be saved.
    if (isFirst) Object.defineProperty(request, 'answer', { value: null, writable: false });
    isFirst = false;
    return set.call(requests, id, request);
  };
  const fleet = await fleetOf(machines.two);
  const reads = [0, 0].map((offset) => fleet.readLog({ executionId: run?.executionId ?? '', offset }));
  const answers = await passing(Promise.allSettled(reads), 1);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

it('a member that left and joined again receives changes at once', async () => {
  const id = await shared();
  await leading(machines.one);
  const fleet = await fleetOf(machines.one);
  await fleet.leave('cli');
  const accept = (await fleet.look(fleetUrl)).map(({ fingerprint }) => fingerprint);
  await fleet.join({ url: fleetUrl, name: 'laptop', tags: [], accept, author: 'cli' });
  machines.clock.advance(30_000);
  await settled();
  await (await machines.two.application.tasks()).update(id, { name: 'Renamed' }, 'cli');
  await settled();
  expect(machines.one.outside.store.read().tasks[id]?.name).toBe('Renamed');
});
