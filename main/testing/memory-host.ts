import { writeFileSync } from 'node:fs';
import type { Host } from '../ipc/host.ts';
import type { DesktopState } from '../contract/desktop.ts';

const quietDesktop: DesktopState = {
  author: 'window',
  capabilities: ['dialogs', 'files', 'desktop', 'machines', 'change'],
  notifications: { available: true, problem: null, doNotDisturb: false, buttons: true },
  tray: { available: true },
  shortcut: { active: false, problem: null },
  startAtLogin: { enabled: false, problem: null },
  updates: {
    state: 'unavailable',
    version: null,
    problem: 'Updates are not available in this build.',
    installs: false,
  },
};

/** Returns a host that cancels every dialog and discards every event. */
export function memoryHost(): Host {
  const cancelled = () => Promise.resolve(null);
  return {
    author: 'window',
    desktopState: () => quietDesktop,
    send: () => undefined,
    windowListens: () => undefined,
    openFile: () => Promise.resolve(),
    closeQuickAdd: () => undefined,
    uninstall: () => Promise.resolve(),
    installUpdate: () => Promise.resolve(),
    chooseDirectory: cancelled,
    chooseImportFile: cancelled,
    chooseExportFile: cancelled,
    chooseLogFile: cancelled,
    writeFile: (path, content) => writeFileSync(path, content),
  };
}
