import { createRequire } from 'node:module';
import type Electron from 'electron';

// The npm package of that name is only a path to an executable; inside Electron, `require` gives the real module.
const electron = createRequire(import.meta.url)('electron') as typeof Electron;

export const { app, utilityProcess } = electron;
