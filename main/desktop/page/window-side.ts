import { join } from 'node:path';
import { app } from 'electron';
import { AppWindows } from '../../adapters/electron/app-windows.ts';
import { messageOf } from '../../domain/errors.ts';
import { bindIpc } from '../../ipc/electron-binding.ts';
import type { IpcHandlers } from '../../ipc/handlers.ts';
import type { Logger } from '../../ports/logger.ts';

export interface WindowSideOptions {
  readonly dataDir: string;
  /** Of the app's own pages. */
  readonly origin: string;
  /** The folder of the program's files. */
  readonly appRoot: string;
  readonly logger: Logger;
}

export interface WindowSide {
  readonly windows: AppWindows;
  /** Answers the calls of the pages from now on, and those that wait. */
  answer(this: void, handlers: IpcHandlers): void;
}

/**
 * Prepares the windows before the application is loaded. The process of a page takes as long to start as the application, so
 * both start at once; the page's calls wait.
 */
export function openWindowSide({ dataDir, origin, appRoot, logger }: WindowSideOptions): WindowSide {
  // Without a listener, Electron quits if the person closes the window at once.
  app.on('window-all-closed', () => undefined);
  const windows = new AppWindows({
    origin,
    preload: join(appRoot, 'out/preload/index.cjs'),
    icon: join(appRoot, 'resources/icons/app/256x256.png'),
    placePath: join(dataDir, 'browser', 'window.json'),
    report: (message, details) => logger.warn(message, details),
  });
  let answer: WindowSide['answer'] = () => undefined;
  const handlers = new Promise<IpcHandlers>((resolve) => (answer = resolve));
  bindIpc({
    handlers,
    isTrusted: (event) => windows.isTrusted(event),
    report: (call, problem) => logger.warn(`${call} failed`, { problem: messageOf(problem) }),
  });
  return { windows, answer };
}
