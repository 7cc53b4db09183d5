import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { DesktopState } from '../contract/desktop.ts';
import { messageOf } from '../domain/errors.ts';
import type { Outside } from '../application/outside.ts';

const dayMs = 24 * 3_600_000;
/** Delay of the first check, in ms: keeps it apart from everything that starts with the app. */
const firstMs = 60_000;

/**
 * Checks for newer versions once a day, if the setting is on. Installs nothing.
 * electron-builder writes `app-update.yml` beside the app if electron-builder.yml sets `publish`. Builds without that
 * file, checkouts and packages of Linux distributions never check.
 */
export class Updates {
  readonly #outside: Pick<Outside, 'clock' | 'logger'>;
  readonly #unavailable: string | null = whyUnavailable();
  #state: DesktopState['updates'] = { state: 'off', version: null, problem: null };
  #cancel: (() => void) | null = null;

  constructor(outside: Pick<Outside, 'clock' | 'logger'>) {
    this.#outside = outside;
  }

  use(wanted: boolean): void {
    if (this.#unavailable !== null || wanted === (this.#cancel !== null)) return;
    this.#cancel?.();
    this.#cancel = null;
    this.#state = { state: wanted ? 'unknown' : 'off', version: null, problem: null };
    if (wanted) this.#again(firstMs);
  }

  state(): DesktopState['updates'] {
    if (this.#unavailable === null) return this.#state;
    return { state: 'unavailable', version: null, problem: this.#unavailable };
  }

  #again(delayMs: number): void {
    this.#cancel = this.#outside.clock.setTimer(() => {
      void this.#look();
      this.#again(dayMs);
    }, delayMs);
  }

  async #look(): Promise<void> {
    this.#state = { state: 'checking', version: null, problem: null };
    try {
      const { default: updater } = await import('electron-updater');
      const { autoUpdater } = updater;
      autoUpdater.autoDownload = false;
      autoUpdater.logger = null;
      const found = await autoUpdater.checkForUpdates();
      const newer = found?.isUpdateAvailable === true ? found.updateInfo.version : null;
      this.#state = { state: newer === null ? 'current' : 'available', version: newer, problem: null };
    } catch (problem) {
      this.#state = { state: 'failed', version: null, problem: messageOf(problem) };
      this.#outside.logger.warn('Could not check for updates', { problem: messageOf(problem) });
    }
  }
}

function whyUnavailable(): string | null {
  if (!app.isPackaged) return 'Update a checkout with git.';
  if (existsSync(join(process.resourcesPath, 'app-update.yml'))) return null;
  return 'Updates are not available in this build.';
}
