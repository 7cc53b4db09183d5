// The main process of an Electron that contains only the vitest worker; see ../electron-pool.ts.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

app.on('window-all-closed', () => undefined);
// Not awaited, because Electron becomes ready only after this module has loaded.
void app.whenReady().then(() => import(pathToFileURL(join(process.env['VITEST_DIST'], 'workers/forks.js')).href));
