// The main process of an Electron that has nothing in it but vitest's worker; see ../electron-pool.ts.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

app.on('window-all-closed', () => undefined);
// Not awaited: Electron is ready only after this module was loaded.
void app.whenReady().then(() => import(pathToFileURL(join(process.env['VITEST_DIST'], 'workers/forks.js')).href));
