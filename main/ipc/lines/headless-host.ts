import type { DesktopState } from '../../contract/desktop.ts';
import type { SchedulerError } from '../../domain/errors.ts';
import { missingCapability, type Host } from '../host.ts';

const elsewhere = 'This is not available over a connection to another machine.';
const state: DesktopState = {
  author: 'bridge',
  capabilities: ['change'],
  notifications: { available: false, problem: elsewhere, doNotDisturb: false, buttons: false },
  tray: { available: false },
  shortcut: { active: false, problem: null },
  startAtLogin: { enabled: false, problem: elsewhere },
  updates: { state: 'unavailable', version: null, problem: elsewhere, installs: false },
};

/** Returns a host without a desktop. It refuses by name what only a desktop can do. */
export function headlessHost(send: Host['send']): Host {
  return {
    author: 'bridge',
    desktopState: () => state,
    send,
    windowListens: () => undefined,
    openFile: (path) =>
      Promise.reject(refusal(`open ${path}`, 'Read the log in the window or by `ncp-scheduler log`.')),
    closeQuickAdd: () => undefined,
    uninstall: () =>
      Promise.reject(missingCapability('desktop', `${elsewhere} Run \`ncp-scheduler uninstall\` there.`)),
    installUpdate: () =>
      Promise.reject(missingCapability('desktop', `${elsewhere} Run \`ncp-scheduler upgrade\` there.`)),
    chooseDirectory: () =>
      Promise.reject(missingCapability('dialogs', `${elsewhere} Choose the folder in the list, or type its path.`)),
    chooseImportFile: () => Promise.reject(refusal('choose a file', 'Use `ncp-scheduler import FILE` there.')),
    chooseExportFile: () => Promise.reject(refusal('choose a file', 'Use `ncp-scheduler export --out FILE` there.')),
    chooseLogFile: () => Promise.reject(refusal('choose a file', 'Use `ncp-scheduler log RUN > FILE`.')),
    writeFile: (path) => {
      throw refusal(`write ${path}`, 'Use the command line there.');
    },
  };
}

function refusal(deed: string, instead: string): SchedulerError {
  return missingCapability('files', `Only the app on that machine itself can ${deed}. ${instead}`);
}
