import { afterEach, beforeEach, expect, it } from 'vitest';
import { fleetUrl, twoMachines, type TwoMachines } from '../../testing/fleet/two-machines.ts';

const minute = 60_000;
let machines: TwoMachines;
beforeEach(async () => (machines = await twoMachines()));
afterEach(() => machines.dispose());

const checks = async (machine: TwoMachines['one']) =>
  (await (await machine.application.doctor()).diagnose()).filter(({ id }) => id.startsWith('fleet/'));

it('the doctor says nothing of fleets on a machine that is in none', async () => {
  expect(await checks(machines.one)).toEqual([]);
});

it('the doctor finds nothing wrong with two members that trust each other', async () => {
  await machines.bothJoin();
  expect(await checks(machines.one)).toMatchObject([{ id: 'fleet/database', status: 'ok' }]);
});

it('the doctor names keys that wait, tasks that no member can run, and other versions', async () => {
  await machines.one.join('laptop');
  await machines.two.join('server');
  const id = await machines.one.create('Train');
  await (await machines.one.application.fleet()).share(id, { mode: 'one', tags: ['gpu'] }, 'cli');
  const { members } = machines.fleet.tables(fleetUrl);
  for (const [key, member] of members) if (member.name === 'server') members.set(key, { ...member, version: '1.0.0' });
  expect(await checks(machines.one)).toMatchObject([
    { id: 'fleet/keys', message: expect.stringContaining('fleet accept server') as string },
    { id: 'fleet/versions', message: expect.stringContaining('server (1.0.0)') as string },
    { id: `fleet/place-${id}`, title: 'No member can run "Train"' },
  ]);
  await machines.two.sync();
  expect(await checks(machines.two)).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: `fleet/refused-${id}`, status: 'warning' })]),
  );
});

it('the doctor names tasks that only a drained member could run', async () => {
  await machines.bothJoin();
  const fleet = await machines.one.application.fleet();
  const id = await machines.one.create('Train');
  await fleet.share(id, { mode: 'one', tags: ['gpu'] }, 'cli');
  expect(await checks(machines.one)).toMatchObject([{ status: 'ok' }]);
  await fleet.drain('server', true, 'cli');
  const message = expect.stringMatching(
    /^No member can run "Train" now: laptop lacks the tag gpu; server takes nothing new\./,
  ) as string;
  expect(await checks(machines.one)).toMatchObject([{ id: `fleet/place-${id}`, status: 'warning', message }]);
});

it('the doctor names tasks whose secret no member has, until one has it', async () => {
  await machines.bothJoin();
  const id = await machines.one.create('Upload');
  const tasks = await machines.one.application.tasks();
  await tasks.update(id, { parameters: { command: 'echo ${secret:TOKEN}' } }, 'cli', { validate: false });
  await (await machines.one.application.fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
  const message = expect.stringContaining('laptop lacks the secret TOKEN; server lacks the secret TOKEN') as string;
  expect(await checks(machines.one)).toMatchObject([{ id: `fleet/place-${id}`, message }]);
  (await machines.two.application.secrets()).set('TOKEN', 'value');
  machines.clock.advance(minute);
  await machines.two.fire();
  expect(await checks(machines.one)).toMatchObject([{ status: 'ok' }]);
});

it('the doctor says that the database does not answer', async () => {
  await machines.bothJoin();
  machines.fleet.setAway(true);
  expect(await checks(machines.one)).toMatchObject([{ id: 'fleet/database', status: 'problem' }]);
});
