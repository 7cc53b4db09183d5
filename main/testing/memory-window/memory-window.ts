import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../adapters/system/system-clock.ts';
import type { Application } from '../../application/application.ts';
import { createApplication } from '../../application/create-application.ts';
import { ipcHandlers } from '../../ipc/handlers.ts';
import { sendMachineEvents } from '../../ipc/machines.ts';
import type { Host } from '../../ipc/host.ts';
import { WindowEvents } from '../../ipc/events.ts';
import type { Clock } from '../../ports/clock.ts';
import { memoryHost } from '../memory-host.ts';
import { MemoryBridge } from './memory-bridge.ts';
import { crontab } from './samples.ts';
import { scenarios, type Scenario } from './scenarios.ts';
import { windowOutside, type WindowOutside } from './window-outside.ts';

/** The application behind one window, with its ports in memory. */
export interface MemoryWindow {
  readonly bridge: MemoryBridge;
  readonly application: Application;
  readonly outside: WindowOutside;
  /** Stops firing, and deletes all files. */
  readonly close: () => Promise<void>;
}

/**
 * Creates an application in memory, fills it with a scenario, and makes it the primary, so that changes reach the
 * bridge.
 * @param clock default: the machine's clock, which fake timers of a test also move
 */
export async function openMemoryWindow(scenario: Scenario, clock: Clock = systemClock): Promise<MemoryWindow> {
  const outside = windowOutside(clock);
  const application = createApplication(outside);
  const folder = mkdtempSync(join(tmpdir(), 'ncp-window-'));
  // The host sends through the bridge, and the bridge calls the host.
  const send: Host['send'] = (name, payload) => bridge.emit(name, payload);
  const host = { ...memoryHost(), ...chosenFiles(folder), send };
  const bridge = new MemoryBridge(ipcHandlers(application, host));
  // Marks retention as done today, so that it does not delete a scenario's old runs.
  outside.ledger.setMark('retention', new Date(clock.now()).toISOString());
  await scenarios[scenario]({ outside, application, bridge });
  const snapshots = await application.snapshots();
  const listener = new WindowEvents({ clock, logger: outside.logger, snapshots, host });
  await sendMachineEvents(application, host);
  const primary = await application.lead({ listener, show: () => undefined });
  primary.start();
  await loadEverything(application);
  return {
    bridge,
    application,
    outside,
    close: async () => {
      await primary.stop();
      await application.close();
      outside.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Returns dialogs in which the person always chooses something. */
function chosenFiles(folder: string): Pick<Host, 'chooseDirectory' | 'chooseImportFile' | 'chooseExportFile'> {
  const path = join(folder, 'crontab.txt');
  writeFileSync(path, crontab);
  return {
    chooseDirectory: () => Promise.resolve('/home/ada/projects'),
    chooseImportFile: () => Promise.resolve(path),
    chooseExportFile: () => Promise.resolve(join(folder, 'schedule.ncp.json')),
  };
}

/** Loads code that is otherwise loaded at its first use. That takes real time, which stands still under fake timers. */
async function loadEverything(application: Application): Promise<void> {
  await Promise.all([
    application.agents(),
    application.backups(),
    application.doctor(),
    application.environment(),
    application.history(),
    application.logs(),
    application.migration(),
    application.slots(),
    application.transfer(),
    application.secrets(),
    (await application.catalog()).list(),
    (await application.tasks()).understand('every day at 9am'),
  ]);
}
