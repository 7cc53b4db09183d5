import { createRequire } from 'node:module';
import type Electron from 'electron';

// The npm package `electron` exports only the path of an executable. Inside Electron, `require` returns the module.
const electron = createRequire(import.meta.url)('electron') as typeof Electron;

export const { app, utilityProcess } = electron;
