import type { DesktopState } from '../contract/desktop.ts';
import type { IpcEvent, IpcEventPayload } from '../contract/ipc.ts';

/** Functions that only the program with the window can provide. The desktop app provides all of them. */
export interface Host {
  desktopState(): DesktopState;
  /** Sends an event to every window. */
  send<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void;
  /** Called when a window has requested its snapshot. From then on it receives events. */
  windowListens(): void;
  /** Opens a file in the person's editor. @throws SchedulerError `execution/not-opened`. */
  openFile(path: string): Promise<void>;
  closeQuickAdd(): void;
  /** These open a dialog of the system, and return null if it is cancelled. */
  chooseDirectory(startAt: string | undefined): Promise<string | null>;
  chooseImportFile(): Promise<string | null>;
  chooseExportFile(): Promise<string | null>;
  /** @param name the name to suggest; characters that a file name cannot have are replaced */
  chooseLogFile(name: string): Promise<string | null>;
  /** @throws SchedulerError `usage/unwritable-file`. */
  writeFile(path: string, content: string | Uint8Array): void;
}
