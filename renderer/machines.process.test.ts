import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { noSshServer, startSshServer, type SshServer } from '../main/testing/ssh-server.ts';
import { openWindow, type WindowOverSsh } from './testing/window-over-ssh.ts';

const missing = noSshServer();
const draft = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };

describe.skipIf(missing !== null)(
  `a window over a real SSH server${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: SshServer;
    let window: WindowOverSsh;
    beforeAll(async () => {
      server = await startSshServer();
      vi.stubEnv('PATH', `${server.clientBin}:${process.env['PATH'] ?? ''}`);
      window = await openWindow({ server: { host: 'server' } });
    });
    afterAll(async () => {
      await window.close();
      vi.unstubAllEnvs();
      await server.dispose();
    });

    it('shows the machine, and loses nothing that was typed when the connection is cut in the middle of saving', async () => {
      const { fleet } = window;
      fleet.show('server');
      const session = window.follow('server');
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
