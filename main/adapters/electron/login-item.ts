import { app } from 'electron';
import type { LoginItem } from '../../ports/desktop.ts';

/**
 * Start at login on macOS and Windows. macOS passes no arguments to a login item, so `wasOpenedAtLogin` tells a start
 * at login from a manual start there.
 */
export class SystemLoginItem implements LoginItem {
  readonly #options: { readonly path?: string; readonly args?: string[] };

  /** @param command the program and its arguments */
  constructor([path, ...args]: readonly string[]) {
    this.#options = process.platform === 'win32' && path !== undefined ? { path, args } : {};
  }

  enabled(): boolean {
    return app.getLoginItemSettings(this.#options).openAtLogin;
  }

  setEnabled(enabled: boolean): boolean {
    app.setLoginItemSettings({ ...this.#options, openAtLogin: enabled });
    return this.enabled();
  }
}
