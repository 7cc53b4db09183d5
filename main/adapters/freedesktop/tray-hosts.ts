import type { SessionBus } from './session-bus.ts';

/** The service that shows tray icons: https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/ */
const watcher = 'org.kde.StatusNotifierWatcher';

/**
 * Reports whether a panel with a tray is running, and each time one starts or stops. Chromium registers a tray icon
 * only when it is created: without a panel at that moment, or after the panel restarts, the icon stays invisible.
 */
export async function watchTrayHosts(bus: SessionBus, changed: (present: boolean) => void): Promise<boolean> {
  await bus.onOwner(watcher, (owner) => changed(owner !== null));
  return (await bus.owner(watcher)) !== null;
}
