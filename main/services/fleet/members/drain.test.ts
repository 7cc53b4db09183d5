import { afterEach, beforeEach, expect, it } from 'vitest';
import { twoMachines, type TwoMachines } from '../../../testing/fleet/two-machines.ts';

const minute = 60_000;
let machines: TwoMachines;
beforeEach(async () => {
  machines = await twoMachines();
  await machines.bothJoin();
});
afterEach(() => machines.dispose());
const fleet = () => machines.one.application.fleet();
const names = async () => (await (await fleet()).members()).map(({ name }) => name);

it('a member that drains takes no slots, says why, and takes them again afterwards', async () => {
  const { clock, one, two } = machines;
  const id = await one.create('Backup');
  await (await fleet()).share(id, { mode: 'one', tags: [] }, 'cli');
  await two.sync();
  expect(await (await fleet()).drain('server', true, 'cli')).toMatchObject({ name: 'server', draining: true });
  clock.advance(minute);
  expect(await two.fire()).toEqual([]);
  expect(two.fates(id)).toEqual(['not-eligible: this machine takes nothing new: `fleet drain --undo` ends that']);
  expect(await one.fire()).toHaveLength(1);
  expect(await (await fleet()).drain('server', false, 'cli')).toMatchObject({ draining: false });
  clock.advance(minute);
  expect(await two.fire()).toHaveLength(1);
  await expect((await fleet()).drain('nobody', true, 'cli')).rejects.toMatchObject({ code: 'fleet/not-found' });
});

it('a member that is gone for good is removed, and its key is no longer accepted; one that is alive is not', async () => {
  const { clock, one } = machines;
  await expect((await fleet()).remove('server', 'cli')).rejects.toMatchObject({ code: 'fleet/alive' });
  await expect((await fleet()).remove('laptop', 'cli')).rejects.toMatchObject({
    message: expect.stringContaining('is this machine') as string,
  });
  clock.advance(3 * minute);
  expect(await (await fleet()).remove('server', 'cli')).toMatchObject({ name: 'server', alive: false });
  expect(await names()).toEqual(['laptop']);
  const accepted = Object.values((await one.outside.fleetFile()).read()?.accepted ?? {});
  expect(accepted.map(({ name }) => name)).toEqual(['laptop']);
});
