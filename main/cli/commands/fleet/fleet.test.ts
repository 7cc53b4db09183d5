import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { fleetUrl } from '../../../testing/fleet/two-machines.ts';
import { memoryFleet } from '../../../testing/fleet/memory-fleet.ts';
import { memoryApplication, type MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
let other: MemoryApplication;
beforeEach(() => {
  [application, other] = [memoryApplication(), memoryApplication()];
  const fleet = memoryFleet(application.clock);
  let ids = 0;
  for (const [index, each] of [application, other].entries()) {
    each.outside.useFleet(fleet);
    Object.assign(each.outside, { newId: () => `${index}-${(ids += 1)}` });
  }
});
afterEach(() => {
  application.dispose();
  other.dispose();
});
const cli = cliFor(() => application);
const there = cliFor(() => other);

it('a fleet is created and joined; a task is shared, accepted elsewhere, and made local again', async () => {
  expect(await cli.ok('fleet init', fleetUrl)).toMatchObject({ fleet: { address: 'ncp at localhost:5432' } });
  expect(await cli.ok('fleet status')).toMatchObject({ fleet: null });
  const joined = await cli.ok('fleet join', fleetUrl, '--name', 'laptop', '--tags', 'gpu,linux');
  expect(joined).toMatchObject({ fleet: { name: 'laptop', tags: ['gpu', 'linux'] }, accepted: [] });
  expect(await there.ok('fleet join', fleetUrl, '--name', 'server')).toMatchObject({ accepted: [] });
  await cli.create('Backup');
  const nobody = await cli.ok('share', 'Backup', '--runs-on', 'one:arm');
  expect(nobody.warnings).toEqual([
    'No member can run "Backup" now: laptop lacks the tag arm; server lacks the tag arm.',
  ]);
  const { task, warnings } = await cli.ok('share', 'Backup', '--runs-on', 'one:gpu');
  expect(warnings).toEqual([]);
  expect(task).toMatchObject({ shared: { revision: 2, runsOn: { mode: 'one', tags: ['gpu'] } } });
  expect((await runLine(application, ['get', 'Backup'])).stdout).toMatch(/Runs on +one of the members with gpu/);
  expect((await runLine(application, ['list'])).stdout).toMatch(/RUNS ON[\s\S]*one:gpu/);
  const waiting = await runLine(other, ['fleet', 'status']);
  expect(waiting.stdout).toContain('The key of its author was never accepted here');
  const unasked = await there.fails('fleet', 'accept', 'laptop');
  expect(unasked.error).toMatchObject({ code: 'usage/missing-argument' });
  const { fingerprint } = joined.fleet;
  expect(unasked.error.message).toContain(fingerprint);
  await there.ok('fleet accept', 'laptop', '--fingerprint', fingerprint);
  expect(other.store.read().tasks[task.id]).toMatchObject({ name: 'Backup' });
  expect((await runLine(other, ['fleet', 'members'])).stdout).toMatch(/laptop +alive.*accepted/);
  await cli.ok('unshare', 'Backup');
  await there.ok('fleet status');
  expect(other.store.read().tasks[task.id]).toBeUndefined();
  expect(await cli.ok('fleet leave')).toEqual({ told: true, problem: null, tasks: [] });
});

it('the address comes from the environment or standard input, so that no list of processes has its password', async () => {
  const env = { NCP_FLEET_URL: fleetUrl };
  expect((await runLine(application, ['fleet', 'init'], { env })).code).toBe(0);
  const piped = await runLine(application, ['fleet', 'join', '-', '--name', 'laptop', '--json'], {
    input: `${fleetUrl}\n`,
  });
  expect(piped.code, piped.stderr).toBe(0);
  expect((await cli.fails('fleet', 'init')).error.message).toContain('NCP_FLEET_URL');
});

it('joining asks at a terminal whose tasks may run here, and shows their keys', async () => {
  await cli.ok('fleet init', fleetUrl);
  await there.ok('fleet join', fleetUrl, '--name', 'server');
  const joined = await runLine(application, ['fleet', 'join', fleetUrl, '--name', 'laptop'], {
    canAsk: true,
    input: 'y\n',
  });
  expect(joined.stderr).toMatch(/server {2}SHA256:/);
  expect(joined.stdout).toContain('It runs what these members share: server.');
});

it('a task is created shared, or not at all', async () => {
  const task = ['--name', 'Backup', '--schedule', '0 9 * * *', '--tool', 'shell:run', '--params', '{"command":"true"}'];
  expect(await cli.fails('create', ...task, '--runs-on', 'one')).toMatchObject({ error: { code: 'fleet/not-joined' } });
  expect(application.store.read().tasks).toEqual({});
  expect(await cli.ok('history')).toMatchObject({ changes: [] });
  await cli.ok('fleet init', fleetUrl);
  await cli.ok('fleet join', fleetUrl, '--name', 'laptop');
  expect(await cli.fails('create', ...task, '--runs-on', 'all')).toMatchObject({
    error: { code: 'usage/invalid-option' },
  });
  expect(await cli.ok('create', ...task, '--runs-on', 'each:gpu')).toMatchObject({
    task: { shared: { runsOn: { mode: 'each', tags: ['gpu'] } } },
  });
});

it('the SQL for an administrator is printed without a database', async () => {
  expect((await runLine(application, ['fleet', 'init', '--print'])).stdout).toContain('create schema ncp');
});
