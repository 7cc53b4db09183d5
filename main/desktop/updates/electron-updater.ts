import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { Updater, UpdatesNeeds } from './updates.ts';

/**
 * Returns how this installation gets updates. electron-builder writes `app-update.yml` beside the app where the build
 * knows its repository (scripts/setup/package-app.mjs); checkouts and other builds never check.
 */
export function updatesHere(): Pick<UpdatesNeeds, 'unavailable' | 'installs' | 'updater'> {
  return { unavailable: whyUnavailable(), installs: replacesItself(), updater: electronUpdater };
}

/** An AppImage is one file of the person; packages of Linux belong to apt and its like. */
const replacesItself = (): boolean => process.platform !== 'linux' || process.env['APPIMAGE'] !== undefined;

function whyUnavailable(): string | null {
  if (!app.isPackaged) return 'Update a checkout with git.';
  const inResources = (name: string): string => join(process.resourcesPath, name);
  if (!existsSync(inResources('app-update.yml'))) return 'Updates are not available in this build.';
  // electron-updater would answer that there is no newer version.
  if (replacesItself() || /^(?:deb|rpm)$/.test(typeOf(inResources('package-type')))) return null;
  return 'Not available for an unpacked archive. See: ncp-scheduler upgrade.';
}

const typeOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');

/** Returns electron-updater, which never downloads or installs anything by itself here. */
export async function electronUpdater(): Promise<Updater> {
  const { default: updater } = await import('electron-updater');
  const { autoUpdater } = updater;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = null;
  return {
    newer: async () => {
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    download: async () => void (await autoUpdater.downloadUpdate()),
    install: () => {
      // The new version starts while this one ends.
      app.releaseSingleInstanceLock();
      autoUpdater.quitAndInstall(true, true);
    },
  };
}
