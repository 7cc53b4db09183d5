import type { DesktopState } from '../contract/desktop.ts';
import type { IpcEvent, IpcEventPayload } from '../contract/ipc.ts';

/** What only the program that shows the window can do; the desktop app does all of it. */
export interface Host {
  desktopState(): DesktopState;
  /** Sends an event to every window. */
  send<E extends IpcEvent>(name: E, payload: IpcEventPayload<E>): void;
  /** A window has asked for its snapshot: from now on it hears events. */
  windowListens(): void;
  /** Opens a file in the person's editor. @throws SchedulerError `execution/not-opened`. */
  openFile(path: string): Promise<void>;
  closeQuickAdd(): void;
  /** The system's dialogs; null where they were cancelled. */
  chooseDirectory(startAt: string | undefined): Promise<string | null>;
  chooseImportFile(): Promise<string | null>;
  chooseExportFile(): Promise<string | null>;
  /** @throws SchedulerError `usage/unwritable-file`. */
  writeFile(path: string, text: string): void;
}
