import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskDraftInput } from '../../../contract/task.ts';
import type { Primary } from '../../../application/running/primary.ts';
import { quietListener } from '../../../testing/memory-application.ts';
import { claimId } from '../../../testing/fleet/fleet-tables.ts';
import { fleetUrl, twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

const minute = 60_000;
const slot = '2026-11-23T12:01:00.000Z';
let machines: TwoMachines;
let primary: Primary;
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
  primary = await machines.two.application.lead({ listener: quietListener, show: () => undefined });
});
afterEach(async () => {
  await primary.stop();
  machines.dispose();
});

/** Shares a task that runs at 12:01 and at 13:01, and lets the laptop claim its first slot and vanish. */
async function lost(draft: Partial<TaskDraftInput>, { isStarted = true, attempt = 1 } = {}): Promise<string> {
  const { one, two, clock, fleet } = machines;
  const id = await one.create('Backup', { schedule: '1 * * * *', ...draft });
  await (await one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
  await two.sync();
  clock.advance(minute);
  const database = await fleet.open(fleetUrl);
  const { memberId = '' } = (await one.outside.fleetFile()).read() ?? {};
  for (let number = 1; number <= attempt; number += 1) {
    const key = { taskId: id, slot, attempt: number };
    await database.claims.claim(key, { id: memberId });
    if (isStarted) await database.claims.started(key, 1, `run-on-laptop-${number}`);
    if (number < attempt) await database.claims.end(key, 1, { state: 'failure', reason: 'exit code 1' });
  }
  // The other member knew at 12:01 that the laptop had it.
  await (await two.application.runs()).fire(two.outside.store.read().tasks[id]?.timingId ?? '', slot);
  return id;
}
const claims = () => [...machines.fleet.tables(fleetUrl).claims.values()];
const attempts = () => claims().map(({ attempt, state, fence }) => `${attempt} ${state} ${fence}`);
/** Lets time pass until a condition holds. */
const until = (condition: () => boolean) =>
  expect.poll(() => (machines.clock.advance(15_000), condition()), { interval: 5 }).toBe(true);
const told = async (machine: TwoMachines['one'], id: string) => {
  const slots = await (await machine.application.slots()).whyInFleet(id);
  return slots.filter((record) => record.slot === slot).map(({ state, detail }) => `${state}: ${detail}`);
};

describe('a run whose member was lost', () => {
  it('is taken over by another member if its task says so, and each member tells the story', async () => {
    const id = await lost({ policies: { ifLost: 'take-over' } });
    primary.start();
    await until(() => claims().length === 2 && claims()[1]?.state === 'success');
    expect(attempts()).toEqual(['1 interrupted 2', '2 success 1']);
    const [run] = machines.two.outside.ledger.list({ limit: 10, offset: 0 }).executions;
    expect(run).toMatchObject({ slot, attempt: 2, trigger: 'retry', status: 'success' });
    expect(await told(machines.two, id)).toEqual([
      'claimed: laptop was lost while it ran (no sign of life); then ran on this machine',
    ]);
    expect(await told(machines.one, id)).toEqual([
      'skipped: this machine was lost while it ran (no sign of life); then ran on server',
    ]);
  });

  it('stays interrupted if its task does not say so', async () => {
    const id = await lost({ policies: { retries: { count: 3 } } });
    primary.start();
    await until(() => claims()[0]?.state === 'interrupted');
    machines.clock.advance(5 * minute);
    await expect
      .poll(() => told(machines.two, id))
      .toEqual(['skipped: laptop was lost while it ran (no sign of life)']);
    expect(attempts()).toEqual(['1 interrupted 2']);
  });

  it('is always taken over if it had not begun', async () => {
    await lost({}, { isStarted: false });
    primary.start();
    await until(() => claims()[1]?.state === 'success');
    expect(attempts()).toEqual(['1 interrupted 2', '2 success 1']);
  });

  it.each([
    ['a task without retries', {}, 2],
    ['a task with two retries', { retries: { count: 2 } }, 3],
  ])('is not taken over once the retries are used up: %s', async (_, policies, attempt) => {
    await lost({ policies: { ifLost: 'take-over', ...policies } }, { attempt });
    primary.start();
    await until(() => claims().at(-1)?.state === 'interrupted');
    machines.clock.advance(5 * minute);
    expect(claims()).toHaveLength(attempt);
  });

  it.each([
    ['at a time that its schedule does not have', '2026-11-23T12:00:00.000Z'],
    ['in the future', '2026-11-23T13:01:00.000Z'],
  ])('is not started by a forged claim %s', async (_, forged) => {
    const id = await lost({ policies: { ifLost: 'take-over' } });
    const { claims: rows } = machines.fleet.tables(fleetUrl);
    const [real] = claims();
    if (real === undefined) throw new Error('no claim');
    const key = { taskId: id, slot: forged, attempt: 1 };
    rows.set(claimId(key), { ...real, ...key, state: 'interrupted', fence: 2, endedAt: real.claimedAt });
    primary.start();
    await until(() => attempts().includes('2 success 1'));
    const runs = machines.two.outside.ledger.list({ limit: 10, offset: 0 }).executions;
    expect(runs.map((run) => run.slot)).toEqual([slot]);
  });

  it('is not started again by a claim that was deleted and forged', async () => {
    const id = await lost({ policies: { ifLost: 'take-over' } });
    primary.start();
    await until(() => attempts().includes('2 success 1'));
    machines.fleet.tables(fleetUrl).claims.delete(claimId({ taskId: id, slot, attempt: 2 }));
    for (let round = 0; round < 10; round += 1) {
      machines.clock.advance(minute);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(machines.two.outside.ledger.list({ limit: 10, offset: 0 }).executions).toHaveLength(1);
  });

  it.each([
    ['the task is paused', async (id: string) => (await machines.two.application.tasks()).pause(id, {}, 'cli')],
    ['the slot is too old', async () => machines.clock.advance(2 * 3_600_000)],
  ])('is not taken over if %s', async (_, change) => {
    const id = await lost({ policies: { ifLost: 'take-over', catchUpWindowMs: 3_600_000 } });
    await change(id);
    primary.start();
    await until(() => claims()[0]?.state === 'interrupted');
    machines.clock.advance(5 * minute);
    expect(claims().filter((claim) => claim.slot === slot)).toHaveLength(1);
  });
});

describe('a member that cannot reach the database for as long as its lease lasts', () => {
  it.each([
    ['stops a run that another member may take over', 'take-over', 'cancelled'],
    ['continues a run that nobody takes over', 'leave', 'running'],
  ] as const)('%s', async (_, ifLost, status) => {
    const { one, fleet, clock } = machines;
    const id = await one.create('Backup', { parameters: { command: 'sleep' }, policies: { ifLost } });
    await (await one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
    clock.advance(minute);
    const firing = one.fire();
    await expect.poll(() => one.outside.ledger.running()).toHaveLength(1);
    fleet.setAway(true);
    let passed = 0;
    const [run] = one.outside.ledger.list({ limit: 1, offset: 0 }).executions;
    const now = () => one.outside.ledger.get(run?.executionId ?? '');
    const isOver = () => (clock.advance(5000), (passed += 5) > 90 || now()?.status !== 'running');
    await expect.poll(isOver, { interval: 5 }).toBe(true);
    expect(now()).toMatchObject({ status });
    expect(now()?.error?.code).toBe(status === 'running' ? undefined : 'execution/superseded');
    if (status === 'cancelled') expect(passed).toBeGreaterThanOrEqual(60);
    const ticks = setInterval(() => clock.advance(1000), 1);
    if (status === 'running') await (await one.application.runs()).cancel(run?.executionId ?? '');
    await firing.finally(() => clearInterval(ticks));
  });
});

it('a claim that was lost and taken over can be written by its new holder only', async () => {
  await lost({ policies: { ifLost: 'take-over' } });
  const { fleet } = machines;
  const [claim] = claims();
  if (claim === undefined) throw new Error('no claim');
  fleet.tables(fleetUrl).claims.set(claimId(claim), { ...claim, seenAt: '2026-11-23T11:00:00.000Z' });
  primary.start();
  await until(() => claims()[1]?.state === 'success');
  const database = await fleet.open(fleetUrl);
  expect(await database.claims.end(claim, 1, { state: 'success', reason: null })).toBe(false);
  expect(attempts()).toEqual(['1 interrupted 2', '2 success 1']);
});
