import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachineOperations } from '../../application/operations.ts';
import type { MachineStatus } from '../../contract/machines.ts';
import { ipcHandlers } from '../../ipc/handlers.ts';
import { WindowEvents } from '../../ipc/events.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { NotificationContent } from '../../ports/desktop.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import { memoryHost } from '../../testing/memory-host.ts';
import type { MemoryMachines } from '../../testing/memory-machines.ts';
import { MemoryBridge } from '../../testing/memory-window/memory-bridge.ts';

const slotsMs = 10 * 60_000;
const draft = { name: 'Backup', schedule: 'every 10 minutes', tool: 'shell:run', parameters: { command: 'true' } };
let here: MemoryApplication;
let there: MemoryApplication;
let bridge: MemoryBridge;
let machines: MachineOperations;
let ssh: MemoryMachines;
let stop: () => Promise<void>;

beforeEach(async () => {
  [here, there] = [memoryApplication(), memoryApplication()];
  const host = { ...memoryHost(), author: 'bridge', send: (name: never, payload: never) => bridge.emit(name, payload) };
  bridge = new MemoryBridge(ipcHandlers(there, host));
  const { clock, outside } = there;
  const snapshots = await there.snapshots();
  const listener = new WindowEvents({ clock, logger: outside.logger, snapshots, host });
  const primary = await there.lead({ listener, show: () => undefined });
  primary.start();
  stop = () => primary.stop();
  ssh = here.outside.machines;
  ssh.add('web.example.org', bridge);
  configure({ web: { host: 'web.example.org' } });
  machines = await here.machines();
});
afterEach(async () => {
  await passing(stop());
  here.dispose();
  there.dispose();
});

const configure = (all: Record<string, { host: string; notify?: boolean }>) => here.settings.update({ machines: all });

async function settle(ms = 20): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    here.clock.advance(ms);
    there.clock.advance(ms);
  }
}

async function passing<T>(action: Promise<T>): Promise<T> {
  let over = false;
  const ended = () => (over = true);
  action.then(ended, ended);
  while (!over) await settle();
  return action;
}

const web = (): MachineStatus | undefined => machines.list().find(({ name }) => name === 'web');

/** Runs a task there with this command, at its next slot or by hand. */
async function runThere(command: string, how: 'schedule' | 'manual' = 'schedule'): Promise<void> {
  const tasks = await there.tasks();
  const known = tasks.list().find(({ name }) => name === 'Backup');
  const { id } = known ?? (await tasks.create({ ...draft, parameters: { command } }, 'cli')).task;
  if (known) await tasks.update(id, { parameters: { command } }, 'cli');
  if (how === 'manual') await passing((await there.runs()).trigger(id, { trigger: 'manual' }));
  else there.clock.advance(slotsMs);
  await settle();
}

describe('machines', () => {
  it('connects to none until it is asked to', async () => {
    await settle();
    expect(web()).toMatchObject({ link: 'idle', trouble: null, facts: null });
  });

  it('tells what runs there, and follows its changes', async () => {
    await runThere('true');
    machines.connect();
    await settle();
    expect(web()).toMatchObject({ link: 'connected', facts: { active: 1, failing: [], paused: false, user: 'kim' } });
    await runThere('false');
    expect(web()?.facts?.failing).toMatchObject([{ taskName: 'Backup' }]);
    (await there.tasks()).pauseAll({}, 'window');
    await settle();
    expect(web()?.facts?.paused).toBe(true);
  });

  it('asks again if the machine could not tell its tasks, while it is connected', async () => {
    bridge.breakCall('app.snapshot', new SchedulerError('store/busy', 'The database is busy.'));
    machines.connect();
    await settle();
    expect(web()).toMatchObject({ link: 'connected', facts: null });
    bridge.restoreCall('app.snapshot');
    await settle(300);
    expect(web()).toMatchObject({ link: 'connected', facts: { user: 'kim' } });
    expect(ssh.calls.map(({ name }) => name)).toEqual(['app.snapshot', 'app.snapshot']);
  });

  it('makes the calls of the window there, with the answers and the errors of that machine', async () => {
    await expect(machines.call('web', 'tasks.create', draft)).rejects.toMatchObject({ code: 'machine/unreachable' });
    await settle();
    await machines.call('web', 'tasks.create', draft);
    expect((await there.tasks()).list()).toMatchObject([{ name: 'Backup' }]);
    expect((await there.history()).list({ limit: 1 })).toMatchObject([{ author: 'bridge' }]);
    await expect(machines.call('web', 'tasks.trigger', { taskId: 'gone' })).rejects.toMatchObject({
      code: 'task/not-found',
    });
  });

  it('passes on no call that this program does not know, whose input is wrong, or that leads to a third machine', async () => {
    machines.connect('web');
    await settle();
    const refused = (call: string, input: unknown) =>
      machines.call('web', call, input).catch((problem: unknown) => problem);
    expect(await refused('tasks.explode', {})).toMatchObject({ code: 'usage/unknown-call' });
    expect(await refused('toString', {})).toMatchObject({ code: 'usage/unknown-call' });
    expect(await refused('machines.list', {})).toMatchObject({ code: 'usage/unknown-call' });
    expect(await refused('tasks.pause', { taskId: 7 })).toMatchObject({ code: 'usage/invalid-input' });
    expect(ssh.calls.map(({ name }) => name)).toEqual(['app.snapshot']);
    await expect(machines.call('nas', 'settings.get', {})).rejects.toMatchObject({ code: 'machine/not-found' });
  });

  it('says of a change that was cut off that it may have been made, and of a question that the connection was lost', async () => {
    machines.connect('web');
    await settle();
    const change = machines.call('web', 'tasks.create', draft);
    const question = machines.call('web', 'history.list', {});
    ssh.cut('web.example.org');
    await expect(change).rejects.toMatchObject({
      code: 'machine/outcome-unknown',
      message: expect.stringContaining('may or may not have been made') as string,
    });
    await expect(question).rejects.toMatchObject({ code: 'machine/connection-lost' });
    // What is tried later was not sent.
    await expect(machines.call('web', 'tasks.create', draft)).rejects.toMatchObject({
      code: 'machine/connection-lost',
    });
  });

  it('says since when a machine is unreachable, keeps what was last seen, and connects again at once when asked to', async () => {
    machines.connect('web');
    await settle();
    ssh.cut('web.example.org');
    const since = here.clock.nowIso();
    await settle();
    expect(web()).toMatchObject({
      link: 'unreachable',
      trouble: { since, error: { code: 'machine/connection-lost' } },
    });
    expect(web()?.facts).not.toBeNull();
    ssh.restore('web.example.org');
    machines.connect('web');
    expect(web()).toMatchObject({ link: 'connected', trouble: null });
  });

  it('sends the events of the machine that is shown, and of no other', async () => {
    const events: string[] = [];
    machines.follow({ changed: () => undefined, event: (machine, event) => void events.push(`${machine} ${event}`) });
    machines.connect('web');
    await settle();
    await runThere('true');
    expect(events).toEqual([]);
    machines.show('web');
    await runThere('true');
    expect(new Set(events)).toEqual(new Set(['web schedule.changed', 'web executions.changed']));
    expect(() => machines.show('nas')).toThrow('There is no machine "nas"');
  });

  it('tells once what changed together, and follows the settings', async () => {
    const told: MachineStatus[][] = [];
    machines.follow({ changed: (all) => void told.push(all), event: () => undefined });
    machines.connect();
    await settle(20);
    expect(told.at(-1)).toMatchObject([{ name: 'web', link: 'connected' }]);
    configure({ web: { host: 'gone.example.org' }, nas: { host: 'nas' } });
    await settle();
    expect(told.at(-1)).toMatchObject([
      { name: 'web', host: 'gone.example.org', link: 'unreachable', facts: null },
      { name: 'nas', link: 'idle' },
    ]);
    configure({});
    await settle();
    expect(told.at(-1)).toEqual([]);
  });

  it('suggests the hosts of ~/.ssh/config that are not among the machines', () => {
    expect(machines.suggestions()).toEqual(['nas']);
  });
});

describe('failures on other machines', () => {
  const shown: NotificationContent[] = [];
  const withdrawn: string[] = [];
  const announce = () => {
    shown.length = 0;
    withdrawn.length = 0;
    const notify = (content: NotificationContent) => Promise.resolve(shown.push(content) > 0);
    machines.announce({ notify, withdraw: (key) => void withdrawn.push(key) });
  };

  it('are shown where the machine is set to, once for each cause, and lead to the run there', async () => {
    configure({ web: { host: 'web.example.org', notify: true } });
    await runThere('false');
    announce();
    await settle();
    // What failed before is shown in the overview, and is no news.
    expect(shown).toEqual([]);
    await runThere('false');
    await runThere('false');
    const executionId = expect.any(String) as string;
    expect(shown).toMatchObject([
      { title: 'web: Backup failed', target: { view: 'execution', machine: 'web', executionId }, buttons: [] },
    ]);
    await runThere('true');
    expect(withdrawn).toEqual([shown[0]?.key]);
  });

  it('of the time without a connection are shown when it is back', async () => {
    configure({ web: { host: 'web.example.org', notify: true } });
    announce();
    await settle();
    ssh.cut('web.example.org');
    await runThere('false');
    expect(shown).toEqual([]);
    ssh.restore('web.example.org');
    machines.connect('web');
    await settle();
    expect(shown).toMatchObject([{ title: 'web: Backup failed' }]);
  });

  it('are not shown for a run that a person started there, and not for a machine that is not set to', async () => {
    configure({ web: { host: 'web.example.org', notify: true } });
    announce();
    await settle();
    await runThere('false', 'manual');
    configure({ web: { host: 'web.example.org' } });
    await runThere('false');
    expect(shown).toEqual([]);
  });
});
