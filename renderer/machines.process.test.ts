import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../main/adapters/system/system-clock.ts';
import { createApplication } from '../main/application/create-application.ts';
import { ipcHandlers } from '../main/ipc/handlers.ts';
import { sendMachineEvents } from '../main/ipc/machines.ts';
import type { Host } from '../main/ipc/host.ts';
import { machineAccess } from '../main/start/remote/machine-access.ts';
import { version } from '../main/start/version.ts';
import { memoryHost } from '../main/testing/memory-host.ts';
import { memoryOutsideAt } from '../main/testing/memory-outside.ts';
import { MemoryBridge } from '../main/testing/memory-window/memory-bridge.ts';
import { noSshServer, startSshServer, type SshServer } from '../main/testing/ssh-server.ts';
import { sessionsOver } from './session.ts';
import { subscribe } from './subscriptions.ts';

const missing = noSshServer();
const noStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
const address = {
  read: () => ({ machine: null, hash: '' }),
  push: () => undefined,
  onTravel: () => () => undefined,
};
const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };

/** The window of an app in memory, which reaches the machine `server` over the real ssh. */
async function openWindow() {
  const memory = memoryOutsideAt(systemClock);
  const outside = { ...memory, machineAccess: () => Promise.resolve(machineAccess(version)) };
  const application = createApplication(outside);
  const send: Host['send'] = (name, payload) => bridge.emit(name, payload);
  const host = { ...memoryHost(), send };
  const bridge = new MemoryBridge(ipcHandlers(application, host));
  await sendMachineEvents(application, host);
  outside.settings.update({ machines: { server: { host: 'server' } } });
  const fleet = sessionsOver(bridge, address, noStorage);
  const stops = [fleet.subscribe()];
  fleet.show('server');
  const session = fleet.sessionOf('server');
  stops.push(subscribe(session.bridge, session.call, session.stores, session.commands));
  const close = async () => {
    for (const stop of stops) stop();
    await application.stop();
    await application.close();
    memory.dispose();
  };
  return { fleet, session, close };
}

describe.skipIf(missing !== null)(
  `a window over a real SSH server${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: SshServer;
    let window: Awaited<ReturnType<typeof openWindow>>;
    beforeAll(async () => {
      server = await startSshServer();
      vi.stubEnv('PATH', `${server.clientBin}:${process.env['PATH'] ?? ''}`);
      window = await openWindow();
    });
    afterAll(async () => {
      await window.close();
      vi.unstubAllEnvs();
      await server.dispose();
    });

    it('shows the machine, and loses nothing that was typed when the connection is cut in the middle of saving', async () => {
      const { fleet, session } = window;
      const { schedule, preferences } = session.stores;
      const link = () => fleet.machines.getState().machines[0]?.link;
      const tasks = () => schedule.getState().schedule?.tasks.map(({ name }) => name);
      await expect.poll(() => schedule.getState().connection, { timeout: 60_000 }).toBe('ready');
      expect(schedule.getState().schedule?.desktop.capabilities).toEqual(['change']);
      await session.call('settings.update', { change: { osScheduler: 'in-process' } });

      preferences.setState({ drafts: { new: draft } });
      const links: unknown[] = [];
      fleet.machines.subscribe(({ machines }) => links.push(machines[0]?.link));
      const saving = session.call('tasks.create', draft);
      server.cutConnections();
      await expect(saving).rejects.toMatchObject({ code: 'machine/outcome-unknown' });
      await expect.poll(() => links, { timeout: 60_000 }).toContain('unreachable');
      await expect.poll(link, { timeout: 60_000 }).toBe('connected');
      await expect.poll(() => schedule.getState().connection, { timeout: 60_000 }).toBe('ready');

      // It was cut before anything was sent, so nothing was made; the draft is still there.
      expect(tasks()).toEqual([]);
      expect(preferences.getState().drafts).toEqual({ new: draft });
      await session.call('tasks.create', draft);
      await expect.poll(tasks, { timeout: 60_000 }).toEqual(['Backup']);
      const { changes } = await session.call('history.list', { limit: 5 });
      expect(changes.find(({ action }) => action === 'task.create')?.author).toBe('bridge');
    });
  },
);
