import type { SessionBus } from './session-bus.ts';

/** Who shows tray icons on a Linux desktop: https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/ */
const watcher = 'org.kde.StatusNotifierWatcher';

/**
 * Whether a panel with a tray is there, and a call whenever one comes or goes. Chromium registers a tray icon once,
 * when it is made: without a panel at that moment, or after the panel was restarted, it stays invisible for good.
 */
export async function watchTrayHosts(bus: SessionBus, changed: (present: boolean) => void): Promise<boolean> {
  await bus.onOwner(watcher, (owner) => changed(owner !== null));
  return (await bus.owner(watcher)) !== null;
}
