import { systemClock } from '../../main/adapters/system/system-clock.ts';
import { createApplication } from '../../main/application/create-application.ts';
import type { Machines } from '../../main/contract/machines.ts';
import { ipcHandlers } from '../../main/ipc/handlers.ts';
import { sendMachineEvents } from '../../main/ipc/machines.ts';
import type { Host } from '../../main/ipc/host.ts';
import type { NotificationContent } from '../../main/ports/desktop.ts';
import { machineAccess } from '../../main/start/remote/machine-access.ts';
import { version } from '../../main/start/version.ts';
import { memoryHost } from '../../main/testing/memory-host.ts';
import { memoryOutsideAt } from '../../main/testing/memory-outside.ts';
import { MemoryBridge } from '../../main/testing/memory-window/memory-bridge.ts';
import { sessionsOver } from '../session.ts';
import { subscribe } from '../subscriptions.ts';

const noStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
const address = {
  read: () => ({ machine: null, hash: '' }),
  push: () => undefined,
  onTravel: () => () => undefined,
};

export type WindowOverSsh = Awaited<ReturnType<typeof openWindow>>;

/** Opens the window of an app in memory, which reaches these machines over the `ssh` of the PATH. */
export async function openWindow(machines: Machines) {
  const memory = memoryOutsideAt(systemClock);
  const outside = { ...memory, machineAccess: () => Promise.resolve(machineAccess(version)) };
  const application = createApplication(outside);
  const send: Host['send'] = (name, payload) => bridge.emit(name, payload);
  const host = { ...memoryHost(), send };
  const bridge = new MemoryBridge(ipcHandlers(application, host));
  await sendMachineEvents(application, host);
  outside.settings.update({ machines });
  const notifications: NotificationContent[] = [];
  const notify = (content: NotificationContent) => Promise.resolve(notifications.push(content) > 0);
  (await application.machines()).announce({ notify, withdraw: () => undefined });
  const fleet = sessionsOver(bridge, address, noStorage);
  const stops = [fleet.subscribe()];
  /** Returns the session of a machine, which follows its events from now on. */
  const follow = (name: string) => {
    const session = fleet.sessionOf(name);
    stops.push(subscribe(session.bridge, session.call, session.stores, session.commands));
    return session;
  };
  const close = async () => {
    for (const stop of stops) stop();
    await application.stop();
    await application.close();
    memory.dispose();
  };
  return { fleet, follow, notifications, close };
}
