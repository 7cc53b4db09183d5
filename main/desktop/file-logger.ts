import { join } from 'node:path';
import { app } from 'electron';
import log from 'electron-log/node.js';
import type { Logger } from '../ports/logger.ts';
import { writeLogTo } from '../adapters/electron/private-log.ts';

/** Returns the app's logger. It writes to `app.log` in the data directory, rotates at 1 MiB and keeps one old file. */
export function fileLogger(): Logger {
  writeLogTo(log, () => join(app.getPath('userData'), '..', 'app.log'));
  log.transports.console.level = 'warn';
  return {
    info: (message, details) => log.info(message, details ?? ''),
    warn: (message, details) => log.warn(message, details ?? ''),
    error: (message, details) => log.error(message, details ?? ''),
  };
}
