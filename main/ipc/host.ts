import type { Capability, DesktopState } from '../contract/desktop.ts';
import type { IpcEvent, IpcEventPayload } from '../contract/ipc.ts';
import { SchedulerError } from '../domain/errors.ts';

/**
 * What the program around the window can do for it. The desktop app can do all of it. Others refuse what they cannot do
 * with `missingCapability`, and leave it out of the `capabilities` of `desktopState`, so that the window does not offer it.
 */
export interface Host {
  /** The author of the changes that are made in this window. */
  readonly author: string;
  desktopState(): DesktopState;
  /** Sends an event to every window. */
  send<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void;
  /** Called when a window has requested its snapshot. From then on it receives events. */
  windowListens(): void;
  /** Opens a file in the person's editor. @throws SchedulerError `execution/not-opened`. */
  openFile(path: string): Promise<void>;
  closeQuickAdd(): void;
  /** Quits the app, removes it from this machine, and says what was done. Asks first while tasks run. */
  uninstall(purge: boolean): Promise<void>;
  /**
   * Downloads the newer version, quits the app, installs it and starts it. Asks first while tasks run.
   * @throws SchedulerError `desktop/no-update`, `desktop/update-failed`.
   */
  installUpdate(): Promise<void>;
  /**
   * These open a dialog of the system, and return null if it is cancelled. In a browser, the page has uploaded the file to
   * import, and what is saved is downloaded: the path is then its name.
   */
  chooseDirectory(startAt: string | undefined): Promise<string | null>;
  chooseImportFile(): Promise<string | null>;
  chooseExportFile(): Promise<string | null>;
  /** @param name the name to suggest; characters that a file name cannot have are replaced */
  chooseLogFile(name: string): Promise<string | null>;
  /** @throws SchedulerError `usage/unwritable-file`. */
  writeFile(path: string, content: string | Uint8Array): void;
}

/** Returns the error for a request that the program around the window cannot fulfil. `details.capability` names what is missing. */
export function missingCapability(capability: Capability, message: string): SchedulerError {
  return new SchedulerError('desktop/not-available', message, { capability });
}
