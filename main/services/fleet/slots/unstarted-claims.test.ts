import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApplication } from '../../../application/create-application.ts';
import type { TaskDraftInput } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { SlotClaims } from '../../../ports/fleet/slot-claims.ts';
import { fleetUrl, twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

const minute = 60_000;
let machines: TwoMachines;
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
});
afterEach(() => machines.dispose());

async function shared(draft: Partial<TaskDraftInput> = {}): Promise<string> {
  const id = await machines.one.create('Backup', draft);
  await (await machines.one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
  await machines.two.sync();
  return id;
}
const claims = () => [...machines.fleet.tables(fleetUrl).claims.values()];

/** Returns the laptop with a database whose `started` is another. */
function laptopWith(started: (own: SlotClaims) => SlotClaims['started']) {
  const { one, fleet } = machines;
  const open: typeof fleet.open = async (url) => {
    const database = await fleet.open(url);
    const own = Object.assign(Object.create(database.claims) as SlotClaims, { started: started(database.claims) });
    return Object.assign(Object.create(database) as typeof database, { claims: own });
  };
  one.outside.useFleet(Object.assign(Object.create(fleet) as typeof fleet, { open }));
  return createApplication(one.outside);
}

it('a slot that this machine decides not to run at the last moment is left to the other members', async () => {
  const { clock, one, two } = machines;
  await shared();
  clock.advance(minute);
  // As for a budget that another task of the account used up since.
  one.outside.ledger.claimAll = (executions) => executions.map(() => false);
  expect(await one.fire()).toEqual([]);
  expect(claims()).toEqual([]);
  expect(await two.fire()).toHaveLength(1);
});

it('a slot that the ledger cannot record is left to the other members', async () => {
  const { clock, one, two } = machines;
  await shared();
  clock.advance(minute);
  one.outside.ledger.claimAll = () => {
    throw new SchedulerError('store/full', 'The disk is full.');
  };
  await expect(one.fire()).rejects.toMatchObject({ code: 'store/full' });
  expect(claims()).toEqual([]);
  expect(await two.fire()).toHaveLength(1);
});

it('a slot that neither the ledger, the database nor the disk could record is run once they can', async () => {
  const { clock, fleet, one } = machines;
  await shared({ policies: { catchUp: 'once' } });
  clock.advance(minute);
  let isFull = true;
  const full = () => new SchedulerError('store/full', 'The disk is full.');
  const file = await one.outside.fleetFile();
  const update: typeof file.update = (change) => {
    if (isFull) throw full();
    file.update(change);
  };
  one.outside.fleetFile = () => Promise.resolve({ read: () => file.read(), update });
  const { claimAll } = one.outside.ledger;
  one.outside.ledger.claimAll = () => {
    fleet.setAway(true);
    throw full();
  };
  const laptop = createApplication(one.outside);
  const fire = async () => (await (await laptop.runs()).fire('every-min')).executions;
  await expect(fire()).rejects.toMatchObject({ code: 'store/full' });
  expect(claims()).toMatchObject([{ state: 'running' }]);
  fleet.setAway(false);
  isFull = false;
  one.outside.ledger.claimAll = claimAll;
  clock.advance(10_000);
  expect(await fire()).toMatchObject([{ status: 'success', attempt: 1 }]);
  expect(claims()).toMatchObject([{ state: 'success' }]);
});

it('nothing runs if the database is cut off before it confirms the start, and the slot is caught up', async () => {
  const { clock, one } = machines;
  const id = await shared({ policies: { catchUp: 'once' } });
  let isCut = true;
  const laptop = laptopWith((own) => async (...call) => {
    const answer = await own.started(...call);
    if (!isCut) return answer;
    isCut = false;
    throw new SchedulerError('fleet/away', 'The connection was cut.');
  });
  const fire = async () => (await (await laptop.runs()).fire('every-min')).executions;
  clock.advance(minute);
  expect(await fire()).toEqual([]);
  expect(one.fates(id)).toEqual([]);
  expect(claims()).toMatchObject([{ state: 'running' }]);
  expect((await laptop.slots()).why(id)).toMatchObject([{ state: 'due', detail: "the fleet's database was away" }]);
  clock.advance(10_000);
  expect(await fire()).toMatchObject([{ status: 'success', attempt: 1 }]);
  expect(one.fates(id)).toEqual(['claimed']);
  expect(claims()).toMatchObject([{ state: 'success', fence: 1 }]);
  expect((await one.outside.fleetFile()).read()?.releases).toEqual([]);
});

it('a start that another process of this machine has confirmed is not made twice', async () => {
  const { clock, one } = machines;
  const id = await shared();
  const laptop = laptopWith((own) => async (key, fence) => {
    await own.started(key, fence, 'of another process');
    return own.started(key, fence, 'of this process');
  });
  clock.advance(minute);
  expect((await (await laptop.runs()).fire('every-min')).executions).toEqual([]);
  expect(one.fates(id)).toEqual([]);
  expect(claims()).toMatchObject([{ state: 'running', executionId: 'of another process' }]);
});
