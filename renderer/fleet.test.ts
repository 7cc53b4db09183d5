import { describe, expect, test } from 'vitest';
import { connect, settle, taskNamed, withFakeTime, type Connected } from './testing/connected-window.ts';
import type { Fleet, WindowAddress } from './fleet.ts';
import { sessionsOver } from './session.ts';
import { subscribe } from './subscriptions.ts';

withFakeTime();

/** The address and the history of a window, without a page. */
function memoryAddress(machine: string | null = null) {
  const entries = [{ machine, hash: '#/overview' }];
  let listener = (): void => undefined;
  const address: WindowAddress = {
    read: () => entries.at(-1) ?? { machine: null, hash: '' },
    push: (to, hash) => void entries.push({ machine: to, hash }),
    onTravel: (travelled) => ((listener = travelled), () => undefined),
  };
  const back = () => {
    entries.pop();
    listener();
  };
  return { address, entries, back };
}

function memoryStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

/** Opens the window of this machine, which also shows `web`: another product in memory, over an SSH in memory. */
async function fleetOfTwo(first: string | null = null) {
  const here = await connect(
    'typical',
    ({ outside }) => void outside.settings.update({ machines: { web: { host: 'web.example.org' } } }),
  );
  const there = await connect('empty');
  const ssh = here.outside.machines;
  ssh.add('web.example.org', there.bridge);
  const place = memoryAddress(first);
  const storage = memoryStorage();
  const fleet = sessionsOver(here.bridge, place.address, storage);
  fleet.subscribe();
  await settle();
  return { here, there, ssh, fleet, storage, ...place };
}

/** Does what the page does with the session that is shown. */
async function open(fleet: Fleet, machine: string | null): Promise<Connected> {
  const session = fleet.sessionOf(machine);
  const stop = subscribe(session.bridge, session.call, session.stores, session.commands);
  await settle(2000);
  return { ...session, stop } as unknown as Connected;
}

const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
const tasksOf = ({ stores }: Pick<Connected, 'stores'>) =>
  stores.schedule.getState().schedule?.tasks.map(({ name }) => name);

describe('a window that shows another machine', () => {
  test('binds calls and events to that machine, with its capabilities', async () => {
    const { fleet, here, there, entries } = await fleetOfTwo();
    expect(fleet.machines.getState().machines).toMatchObject([{ name: 'web', link: 'idle' }]);
    fleet.show('web');
    const web = await open(fleet, 'web');
    expect(tasksOf(web)).toEqual([]);
    expect(entries.at(-1)).toEqual({ machine: 'web', hash: '#/overview' });
    await fleet.sessionOf('web').call('tasks.create', draft);
    await settle();
    expect(tasksOf(web)).toEqual(['Backup']);
    expect((await there.application.tasks()).list()).toHaveLength(1);
    expect((await here.application.tasks()).list().map(({ name }) => name)).not.toContain('Backup');
  });

  test('keeps the views, stores and drafts of each machine apart', async () => {
    const { fleet, storage } = await fleetOfTwo();
    const home = await open(fleet, null);
    fleet.show('web');
    const web = await open(fleet, 'web');
    fleet.sessionOf('web').commands.navigation.go({ view: 'timeline' });
    web.stores.preferences.setState({ drafts: { new: { name: 'Half typed' } } });
    expect(home.stores.navigation.getState().route).toEqual({ view: 'overview' });
    expect(home.stores.preferences.getState().drafts).toEqual({});
    fleet.show(null);
    fleet.show('web');
    expect(fleet.sessionOf('web').stores.navigation.getState().route).toEqual({ view: 'timeline' });
    expect(storage.kept.get('preferences of web')).toContain('Half typed');
  });

  test('says that the connection is lost, refuses to save meanwhile, and shows the present state when it is back', async () => {
    const { fleet, ssh, there } = await fleetOfTwo();
    fleet.show('web');
    const web = await open(fleet, 'web');
    ssh.cut('web.example.org');
    await settle(200);
    expect(fleet.machines.getState().machines).toMatchObject([
      { link: 'unreachable', trouble: { error: { code: 'machine/connection-lost' } } },
    ]);
    expect(web.stores.schedule.getState().connection).toBe('failed');
    const saving = fleet.sessionOf('web').call('tasks.create', draft);
    await expect(saving).rejects.toMatchObject({ code: expect.stringMatching('^machine/') as string });
    await (await there.application.tasks()).create({ ...draft, name: 'Made there' }, 'cli');
    ssh.restore('web.example.org');
    await fleet.connect('web');
    await settle(2000);
    expect(web.stores.schedule.getState()).toMatchObject({ connection: 'ready', failure: null });
    expect(tasksOf(web)).toEqual(['Made there']);
  });

  test('says of a change that was cut off that it may have been made', async () => {
    const { fleet, ssh } = await fleetOfTwo();
    fleet.show('web');
    await open(fleet, 'web');
    const saving = fleet.sessionOf('web').call('tasks.create', draft);
    while (!ssh.calls.some(({ name }) => name === 'tasks.create')) await Promise.resolve();
    ssh.cut('web.example.org');
    await expect(saving).rejects.toMatchObject({ code: 'machine/outcome-unknown' });
  });

  test('goes back through the machines as through the views', async () => {
    const { fleet, back } = await fleetOfTwo();
    fleet.show('web');
    await settle();
    back();
    expect(fleet.machines.getState().shown).toBeNull();
  });

  test('opens the run of another machine for a notification, and comes back for one of this machine', async () => {
    const { fleet, here } = await fleetOfTwo();
    const home = await open(fleet, null);
    here.bridge.emit('navigate', { view: 'execution', executionId: 'run-1', machine: 'web' });
    expect(fleet.machines.getState().shown).toBe('web');
    const route = { view: 'execution', executionId: 'run-1' };
    expect(fleet.sessionOf('web').stores.navigation.getState().route).toEqual(route);
    expect(home.stores.navigation.getState().route).toEqual({ view: 'overview' });
    here.bridge.emit('navigate', { view: 'timeline' });
    expect(fleet.machines.getState().shown).toBeNull();
    expect(home.stores.navigation.getState().route).toEqual({ view: 'timeline' });
  });

  test('opens again at the machine of its address, and shows this machine if that one was removed', async () => {
    const { fleet, here } = await fleetOfTwo('web');
    const web = await open(fleet, 'web');
    expect(tasksOf(web)).toEqual([]);
    here.outside.settings.update({ machines: {} });
    await settle(200);
    expect(fleet.machines.getState()).toMatchObject({ shown: null, machines: [] });
  });

  test('tests a machine, and says what is wrong in a sentence', async () => {
    const { fleet } = await fleetOfTwo();
    expect(await fleet.test({ host: 'web.example.org' })).toMatchObject({ sameContract: true });
    expect(await fleet.test({ host: 'gone.example.org' })).toBe('gone.example.org does not answer.');
  });

  test('reads this machine as before', async () => {
    const { fleet } = await fleetOfTwo();
    const home = await open(fleet, null);
    expect(taskNamed(home, tasksOf(home)?.[0] ?? '').status).toBeDefined();
  });
});
