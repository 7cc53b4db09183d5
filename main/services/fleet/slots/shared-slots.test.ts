import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskDraftInput } from '../../../contract/task.ts';
import { quietListener } from '../../../testing/memory-application.ts';
import { claimId } from '../../../testing/fleet/fleet-tables.ts';
import { fleetUrl, twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

const minute = 60_000;
let machines: TwoMachines;
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
});
afterEach(() => machines.dispose());

async function shared(runsOn: string, draft: Partial<TaskDraftInput> = {}): Promise<string> {
  const { one, two } = machines;
  const id = await one.create('Backup', draft);
  const [mode = '', tags] = runsOn.split(':');
  await (await one.application.fleet()).share(id, { mode: mode as 'one', tags: tags?.split(',') ?? [] }, 'cli');
  await two.sync();
  return id;
}
const claims = () => [...machines.fleet.tables(fleetUrl).claims.values()];

describe('a task that one member runs', () => {
  it('starts each slot once, and both say where', async () => {
    const { clock, one, two } = machines;
    const id = await shared('one');
    clock.advance(minute);
    expect(await one.fire()).toMatchObject([{ status: 'success', attempt: 1 }]);
    expect(await two.fire()).toEqual([]);
    expect(one.fates(id)).toEqual(['claimed']);
    expect(two.fates(id)).toEqual(['elsewhere: ran on laptop']);
    clock.advance(minute);
    const both = await Promise.all([one.fire(), two.fire()]);
    expect(both.flat()).toHaveLength(1);
    expect([one.fates(id)[1], two.fates(id)[1]].filter((fate) => fate === 'claimed')).toHaveLength(1);
    expect(claims().map(({ state }) => state)).toEqual(['success', 'success']);
  });

  it('retries on the member that ran it, each attempt under a claim of its own', async () => {
    const { clock, one, two } = machines;
    await shared('one', { parameters: { command: 'false' }, policies: { retries: { count: 1, delayMs: 0 } } });
    clock.advance(minute);
    const ticks = setInterval(() => clock.advance(1), 1);
    const runs = await one.fire().finally(() => clearInterval(ticks));
    expect(runs.map(({ attempt, status }) => `${attempt} ${status}`)).toEqual(['1 failure', '2 failure']);
    expect(claims().map(({ attempt, state }) => `${attempt} ${state}`)).toEqual(['1 failure', '2 failure']);
    expect(await two.fire()).toEqual([]);
  });

  it('runs only where its tags, servers and secrets are', async () => {
    const { clock, one, two } = machines;
    const id = await shared('one:gpu', { env: { TOKEN: '${secret:TOKEN}' } });
    clock.advance(minute);
    expect(await one.fire()).toEqual([]);
    expect(one.fates(id)).toEqual(['not-eligible: this machine lacks the tag gpu and the secret TOKEN']);
    expect(await two.fire()).toEqual([]);
    (await two.application.secrets()).set('TOKEN', 'value');
    clock.advance(minute);
    expect(await two.fire()).toMatchObject([{ status: 'success' }]);
    expect(two.fates(id)).toEqual(['not-eligible: this machine lacks the secret TOKEN', 'claimed']);
  });

  it('does not start while the database is away, and is caught up once', async () => {
    const { clock, one, two, fleet } = machines;
    const id = await shared('one', { policies: { catchUp: 'once' } });
    fleet.setAway(true);
    clock.advance(minute);
    expect([await one.fire(), await two.fire()]).toEqual([[], []]);
    expect([one.fates(id), two.fates(id)]).toEqual([[], []]);
    const why = (await one.application.slots()).why(id);
    expect(why).toMatchObject([{ state: 'due', detail: "the fleet's database was away" }]);
    clock.advance(10 * minute);
    fleet.setAway(false);
    expect(await two.fire()).toHaveLength(1);
    expect(await one.fire()).toEqual([]);
    expect(two.fates(id).at(-1)).toBe('claimed');
    expect(one.fates(id).at(-1)).toBe('elsewhere: ran on server');
  });

  it('says that the database was away where nothing is caught up', async () => {
    const { clock, one, fleet } = machines;
    const id = await shared('one');
    fleet.setAway(true);
    clock.advance(minute);
    await one.fire();
    fleet.setAway(false);
    clock.advance(10 * minute);
    await one.fire();
    expect(one.fates(id)[0]).toBe("missed: the fleet's database was away, and catch-up is off");
  });

  it('was not missed on a member that was off while another ran it', async () => {
    const { clock, one, two } = machines;
    const id = await shared('one');
    clock.advance(minute);
    await one.fire();
    clock.advance(10 * minute);
    await two.fire();
    expect(two.fates(id)[0]).toBe('elsewhere: ran on laptop');
    expect(two.fates(id)[1]).toMatch(/^missed: /);
  });

  it('is claimed by nobody whose clock is wrong', async () => {
    const { clock, one, fleet } = machines;
    const id = await shared('one');
    const { open } = fleet;
    const wrong = {
      ...fleet,
      open: async (url: string) => ({ ...(await open(url)), nowMs: async () => clock.now() + 45_000 }),
    };
    one.outside.useFleet(wrong);
    const { createApplication } = await import('../../../application/create-application.ts');
    const again = createApplication(one.outside);
    clock.advance(minute);
    expect((await (await again.runs()).fire('every-min')).executions).toEqual([]);
    expect((await again.slots()).why(id)).toMatchObject([
      { state: 'due', detail: expect.stringContaining("45 s behind the fleet's database") as string },
    ]);
  });
});

describe('a run whose claim was taken over', () => {
  it('is stopped, and says why', async () => {
    const { clock, one, two, fleet } = machines;
    await shared('one', { parameters: { command: 'sleep' } });
    clock.advance(minute);
    const firing = one.fire();
    const running = () => one.outside.ledger.running();
    await expect.poll(() => one.outside.ledger.running()).toHaveLength(1);
    // The member is frozen for longer than its lease: another ends its claim.
    const database = await fleet.open(fleetUrl);
    for (const claim of claims())
      machines.fleet.tables(fleetUrl).claims.set(claimId(claim), { ...claim, seenAt: '2026-11-23T11:00:00.000Z' });
    expect(await database.claims.endLost(minute, 'lost')).toMatchObject([
      { memberName: 'laptop', state: 'interrupted' },
    ]);
    const ticks = setInterval(() => clock.advance(1000), 1);
    const [run] = await firing.finally(() => clearInterval(ticks));
    expect(run).toMatchObject({ status: 'cancelled', error: { code: 'execution/superseded' } });
    expect(claims()).toMatchObject([{ state: 'interrupted', reason: 'lost' }]);
    expect(running()).toEqual([]);
    expect(await two.fire()).toEqual([]);
  });
});

describe('an outcome that the database could not take', () => {
  it('is written when the database is back', async () => {
    const { clock, one, fleet } = machines;
    await shared('one', { parameters: { command: 'sleep' } });
    clock.advance(minute);
    const firing = one.fire();
    await expect.poll(() => one.outside.ledger.running()).toHaveLength(1);
    fleet.setAway(true);
    const executionId = one.outside.ledger.running()[0]?.execution.executionId ?? '';
    const ticks = setInterval(() => clock.advance(1000), 1);
    await (await one.application.runs()).cancel(executionId).finally(() => clearInterval(ticks));
    expect(await firing).toMatchObject([{ status: 'cancelled' }]);
    expect(claims()).toMatchObject([{ state: 'running' }]);
    fleet.setAway(false);
    clock.advance(minute);
    await one.fire('2026-11-23T12:01:00.000Z');
    expect(claims()[0]).toMatchObject({ state: 'cancelled' });
    expect((await one.outside.fleetFile()).read()?.owed).toEqual([]);
  });
});

describe('a task that each member runs', () => {
  it('runs on all that match, without a claim', async () => {
    const { clock, one, two, fleet } = machines;
    await shared('each');
    clock.advance(minute);
    fleet.setAway(true);
    expect(await one.fire()).toHaveLength(1);
    expect(await two.fire()).toHaveLength(1);
    expect(claims()).toEqual([]);
  });

  it('does not run on the others, which say what they lack', async () => {
    const { clock, one, two } = machines;
    const id = await shared('each:gpu');
    clock.advance(minute);
    expect(await one.fire()).toEqual([]);
    expect(await two.fire()).toHaveLength(1);
    expect(one.fates(id)).toEqual(['not-eligible: this machine lacks the tag gpu']);
  });
});

describe('a primary', () => {
  it('takes over changes as they are made, and runs what was left open', async () => {
    const { clock, one, two, fleet } = machines;
    const primary = await two.application.lead({ listener: quietListener, show: () => undefined });
    primary.start();
    const id = await one.create('Backup', { policies: { catchUp: 'once' } });
    await (await one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
    await expect.poll(() => two.outside.store.read().tasks[id]?.name).toBe('Backup');
    fleet.setAway(true);
    clock.advance(minute);
    await expect.poll(() => two.outside.ledger.mark(`fleet-open ${id}`)).not.toBeNull();
    expect(two.fates(id)).toEqual([]);
    fleet.setAway(false);
    clock.advance(minute / 2);
    await expect.poll(() => two.fates(id)).toContain('claimed');
    const [member] = (await (await one.application.fleet()).members()).filter(({ name }) => name === 'server');
    expect(member).toMatchObject({ alive: true, key: 'accepted', version: '1.2.3' });
    await primary.stop();
  });

  it('folds claims of long ago into a mark', async () => {
    const { clock, two, fleet } = machines;
    const tables = fleet.tables(fleetUrl);
    const [member] = [...tables.members.values()];
    const old = { taskId: 't', slot: '2026-01-05T09:00:00.000Z', attempt: 1, memberId: member?.id ?? '', fence: 1 };
    const at = { claimedAt: old.slot, seenAt: old.slot, endedAt: old.slot };
    tables.claims.set(claimId(old), { ...old, ...at, state: 'success', executionId: 'e', reason: null });
    const primary = await two.application.lead({ listener: quietListener, show: () => undefined });
    primary.start();
    await expect.poll(() => (clock.advance(1000), tables.marks.get('t'))).toBe(old.slot);
    expect(tables.claims.has(claimId(old))).toBe(false);
    await primary.stop();
  });
});
