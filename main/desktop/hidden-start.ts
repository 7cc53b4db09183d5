import { app } from 'electron';

/** Whether no window is wanted. macOS passes no arguments to a login item, so there the system is asked. */
export function isHiddenStart(hidden: boolean): boolean {
  return hidden || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
